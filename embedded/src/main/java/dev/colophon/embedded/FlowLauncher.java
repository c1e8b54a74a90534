package dev.colophon.embedded;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.run.Dataset;
import dev.colophon.flow.code.CacheFile;
import dev.colophon.flow.code.CaptureBounds;
import dev.colophon.flow.code.CapturedCode;
import dev.colophon.flow.code.CodeCapture;
import dev.colophon.flow.code.EnvironmentCapture;
import dev.colophon.flow.code.FileDigests;
import dev.colophon.flow.code.GitProgram;
import dev.colophon.flow.code.SourceFile;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.dataset.DatasetCapture;
import dev.colophon.flow.run.BoundParams;
import dev.colophon.flow.run.FlowProgram;
import dev.colophon.flow.run.LocalRunner;
import dev.colophon.flow.run.ParamBinder;
import dev.colophon.flow.run.RunListener;
import dev.colophon.flow.run.RunOutcome;
import dev.colophon.flow.run.RunRequest;
import dev.colophon.flow.run.ValueJson;
import dev.colophon.flow.source.Libraries;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Runs flows on the ports of a home, from the source file to the recorded end. The code is captured
 * while the flow is being compiled. One run at a time; {@link #stop} and {@link #shutDown} may be
 * called from any thread.
 */
public final class FlowLauncher {
  private static final String OWN_JAR = "colophon-";

  private final Colophon colophon;
  private final Home home;
  private final Clock clock;
  private final FlowLoader loader;
  private final LocalRunner runner;
  private final Path workingFolder;
  private final Codecs codecs = new Codecs();

  /**
   * @param libraries finds what single-file flows declare
   * @param workingFolder against which relative paths are resolved
   * @param offered classes that source files may name, besides those of flow and core
   */
  public FlowLauncher(
      Colophon colophon,
      Home home,
      Libraries libraries,
      Path workingFolder,
      Clock clock,
      List<Class<?>> offered) {
    this.colophon = colophon;
    this.home = home;
    this.clock = clock;
    this.workingFolder = workingFolder;
    this.loader = new FlowLoader(libraries, home.cache(), workingFolder, offered);
    this.runner =
        new LocalRunner(
            colophon.runs(),
            colophon.store(),
            codecs,
            clock,
            Machine.current().runner(),
            home.folder().resolve("tmp"));
  }

  /**
   * Compiles or finds a flow, and checks it.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid listing every problem with file and
   *     line
   */
  public LoadedFlow load(FlowTarget target) {
    return loader.load(target);
  }

  /** The parameters of a flow with their defaults. */
  public ParamBinder parameters(FlowProgram program) {
    return new ParamBinder(program, new ValueJson(codecs));
  }

  /**
   * Runs a flow to its end; a failed step is an outcome, not an exception.
   *
   * @param warnings told, a sentence each, what of the code could not be captured
   * @throws dev.colophon.core.error.ColophonException if nothing was started, or the run could not
   *     be recorded
   */
  public RunOutcome run(
      FlowTarget target, RunOptions options, RunListener listener, Consumer<String> warnings) {
    CompletableFuture<List<SourceFile>> sources = new CompletableFuture<>();
    CompletableFuture<CapturedCode> code = captureCode(target, sources);
    LoadedFlow flow;
    try {
      flow = loader.load(target);
    } catch (RuntimeException e) {
      sources.completeExceptionally(e);
      throw e;
    }
    sources.complete(flow.sources());
    BoundParams parameters = parameters(flow.program()).bind(options.parameters());
    ArtifactStore store = colophon.store();
    Map<String, List<Dataset>> datasets =
        new DatasetCapture(store, home.cache(), clock, options.verifyInputs())
            .capture(flow.program().graph(), flow.folder());
    CodeVersion version = codeVersion(flow, join(code), warnings);
    RunRequest request =
        new RunRequest(
            parameters,
            options.tags(),
            options.workers(),
            options.seed(),
            options.asOf(),
            options.by(),
            version,
            EnvironmentCapture.ofThisProcess(Version.current(), options.commandLine())
                .environment(),
            datasets);
    return runner.run(flow.program(), request, listener);
  }

  /** Stops the run that is going on, if there is one. Returns at once. */
  public void stop() {
    runner.stop();
  }

  /**
   * {@link #stop}, and starts nothing any more: what has not begun by now is never recorded.
   *
   * @return whether a run was begun: its end is recorded, or going to be
   */
  public boolean shutDown() {
    return runner.shutDown();
  }

  private CompletableFuture<CapturedCode> captureCode(
      FlowTarget target, CompletableFuture<List<SourceFile>> sources) {
    Path start =
        target instanceof FlowTarget.SourceFile source
            ? workingFolder.resolve(source.file())
            : workingFolder;
    if (!Files.exists(start)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("no " + start)); // the loader says so
    }
    CodeCapture capture =
        new CodeCapture(
            colophon.store(),
            home.folder(),
            home.cache(),
            new GitProgram("git", System.getenv()),
            clock,
            CaptureBounds.USUAL);
    return CompletableFuture.supplyAsync(
        () -> capture.capture(start, sources::join),
        task -> Thread.ofPlatform().daemon().name("colophon-capture").start(task));
  }

  private static CapturedCode join(CompletableFuture<CapturedCode> code) {
    try {
      return code.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CodeVersion codeVersion(
      LoadedFlow flow, CapturedCode captured, Consumer<String> warnings) {
    captured.warnings().forEach(warnings);
    FileDigests digests =
        new FileDigests(
            colophon.store(), new CacheFile(home.cache().resolve("libraries")), clock, false);
    return new CodeVersion(
        captured.snapshot(),
        captured.git(),
        flow.program().type().getName(),
        flow.file().flatMap(captured::pathOf),
        new ClassPathCapture(colophon.store(), digests).capture(flow, ownJars()));
  }

  /** Colophon's own jars; none when it runs from class files. */
  private static List<Path> ownJars() {
    return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
        .map(Path::of)
        .filter(
            entry ->
                Optional.ofNullable(entry.getFileName())
                        .map(Path::toString)
                        .orElse("")
                        .startsWith(OWN_JAR)
                    && Files.isRegularFile(entry))
        .toList();
  }
}
