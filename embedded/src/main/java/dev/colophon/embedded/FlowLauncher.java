package dev.colophon.embedded;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.ProjectBranch;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.flow.checkout.CheckedOut;
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
import dev.colophon.flow.dataset.InputCopies;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.ParamNode;
import dev.colophon.flow.run.BoundParams;
import dev.colophon.flow.run.FlowProgram;
import dev.colophon.flow.run.GivenSecrets;
import dev.colophon.flow.run.LocalRunner;
import dev.colophon.flow.run.ParamBinder;
import dev.colophon.flow.run.RunListener;
import dev.colophon.flow.run.RunOutcome;
import dev.colophon.flow.run.RunRequest;
import dev.colophon.flow.run.StepCode;
import dev.colophon.flow.run.ValueJson;
import dev.colophon.flow.source.Libraries;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runs flows on the ports of a home, from the source file to the recorded end. The code is captured
 * while the flow is being compiled. One run at a time; {@link #stop} and {@link #shutDown} may be
 * called from any thread.
 */
public final class FlowLauncher {
  private static final String OWN_JAR = "colophon-";

  /** How often a flow is compiled again because a source changed while it was captured. */
  private static final int FURTHER_ATTEMPTS = 2;

  /** How many files a warning names. */
  private static final int MOST_NAMED = 5;

  private final Colophon colophon;
  private final Home home;
  private final Clock clock;
  private final FlowLoader loader;
  private final Path workingFolder;
  private final Configuration configuration;
  private final Codecs codecs = new Codecs();

  private final ReentrantLock starting = new ReentrantLock();
  private Optional<LocalRunner> runner = Optional.empty();
  private boolean shutDown = false;

  /**
   * @param libraries finds what single-file flows declare
   * @param workingFolder against which relative paths are resolved
   * @param offered classes that source files may name, besides those of flow and core
   * @param configuration gives parameters and secrets that a run's options don't
   */
  public FlowLauncher(
      Colophon colophon,
      Home home,
      Libraries libraries,
      Path workingFolder,
      Clock clock,
      List<Class<?>> offered,
      Configuration configuration) {
    this.colophon = colophon;
    this.home = home;
    this.clock = clock;
    this.workingFolder = workingFolder;
    this.configuration = configuration;
    this.loader = new FlowLoader(libraries, home.cache(), workingFolder, offered);
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
   * @throws Conflict if a source kept changing, so that no snapshot is of the code that was
   *     compiled
   * @throws dev.colophon.core.error.ColophonException if nothing was started, or the run could not
   *     be recorded
   */
  public RunOutcome run(
      FlowTarget target, RunOptions options, RunListener listener, Consumer<String> warnings) {
    Prepared prepared = prepare(target, options);
    prepared.code().warnings().forEach(warnings);
    FlowGraph graph = prepared.flow().program().graph();
    configuration
        .doubts(graph.flow().text(), graph.params().stream().map(ParamNode::name).toList())
        .forEach(warnings);
    some(prepared.code().withheld())
        .map("left out of the snapshot, as the name says that it holds a secret: %s"::formatted)
        .ifPresent(warnings);
    some(prepared.inputs().filter(configuration.secretFiles()::match).toList())
        .map("stored as an input, though the name says that it holds a secret: %s"::formatted)
        .ifPresent(warnings);
    RunRequest request =
        new RunRequest(
            prepared.parameters(),
            options.tags(),
            options.workers(),
            options.seed(),
            options.asOf(),
            options.by(),
            codeVersion(prepared.flow(), prepared.code()),
            EnvironmentCapture.ofThisProcess(Version.current(), options.commandLine())
                .environment(),
            prepared.datasets(),
            prepared.codes(),
            prepared.project(),
            prepared.secrets());
    try (ScratchFolder scratch =
        ScratchFolder.take(home.folder().resolve("tmp"), UUID.randomUUID())) {
      return runnerIn(scratch.path()).run(prepared.flow().program(), request, listener);
    }
  }

  /** The first of these paths; empty if there are none. */
  private static Optional<String> some(List<String> paths) {
    String first = String.join(", ", paths.subList(0, Math.min(paths.size(), MOST_NAMED)));
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(paths.size() > MOST_NAMED ? first + ", …" : first);
  }

  /** All that must be known before a run can begin. */
  private record Prepared(
      LoadedFlow flow,
      CapturedCode code,
      BoundParams parameters,
      Map<String, List<Dataset>> datasets,
      Map<Name, StepCode> codes,
      Optional<ProjectBranch> project,
      GivenSecrets secrets) {
    /** Names of what is stored whatever it is called: the author asks for it. */
    Stream<String> inputs() {
      return datasets.values().stream().flatMap(List::stream).map(Dataset::name).sorted();
    }
  }

  /** Anew if somebody saves a source meanwhile: a snapshot is of the code that runs, or of none. */
  private Prepared prepare(FlowTarget target, RunOptions options) {
    Prepared prepared = prepareOnce(target, options);
    for (int more = FURTHER_ATTEMPTS; !prepared.code().edited().isEmpty(); more--) {
      if (more == 0) {
        throw new Conflict(
            "source %s changed each of the %d times that it was compiled, expected it to stay as it is while the run starts; run it again when it is saved for good"
                .formatted(prepared.code().edited().getFirst(), FURTHER_ATTEMPTS + 1));
      }
      prepared = prepareOnce(target, options);
    }
    return prepared;
  }

  /** No thread goes on after it: neither reads the store when the caller has closed it. */
  private Prepared prepareOnce(FlowTarget target, RunOptions options) {
    CompletableFuture<List<SourceFile>> sources = new CompletableFuture<>();
    AbandonableStore capturing = new AbandonableStore(colophon::store);
    CompletableFuture<CapturedCode> code = captureCode(target, sources, capturing);
    try {
      LoadedFlow flow = loader.load(target);
      sources.complete(flow.sources());
      FlowGraph graph = flow.program().graph();
      BoundParams parameters =
          parameters(flow.program()).bind(options.parametersOver(configuration, graph));
      GivenSecrets secrets = configuration.secrets(GivenSecrets.namesIn(graph));
      options.refresh().check(graph);
      Optional<ProjectBranch> project =
          options.branching().of(graph.flow(), graph.project(), options.by());
      CompletableFuture<Map<Name, StepCode>> codes = fingerprint(flow, options.refresh());
      ArtifactStore store = colophon.store();
      Map<String, List<Dataset>> datasets =
          new DatasetCapture(
                  store,
                  home.cache(),
                  clock,
                  options.verifyInputs(),
                  InputCopies.around(flow.folder()))
              .capture(graph, flow.folder());
      return new Prepared(flow, join(code), parameters, datasets, join(codes), project, secrets);
    } finally {
      capturing.abandon(); // a refusal is told now, not when all sources are captured
      sources.cancel(false);
      code.handle((captured, failure) -> captured).join();
    }
  }

  /** Whoever stops runs meets this one from now on. */
  private LocalRunner runnerIn(Path scratch) {
    Machine machine = Machine.current();
    starting.lock();
    try {
      LocalRunner made =
          new LocalRunner(
              colophon.runs(),
              colophon.outcomes(),
              colophon.taskLogs(),
              colophon.store(),
              codecs,
              clock,
              machine.runner(),
              run -> machine.isGone(run, clock.instant()),
              scratch);
      if (shutDown) {
        made.shutDown();
      }
      runner = Optional.of(made);
      return made;
    } finally {
      starting.unlock();
    }
  }

  /** Stops the run that is going on, if there is one. Returns at once. */
  public void stop() {
    starting.lock();
    try {
      runner.ifPresent(LocalRunner::stop);
    } finally {
      starting.unlock();
    }
  }

  /**
   * {@link #stop}, and starts nothing any more: what has not begun by now is never recorded.
   *
   * @return whether a run was begun: its end is recorded, or going to be
   */
  public boolean shutDown() {
    starting.lock();
    try {
      shutDown = true;
      return runner.map(LocalRunner::shutDown).orElse(false);
    } finally {
      starting.unlock();
    }
  }

  private CompletableFuture<CapturedCode> captureCode(
      FlowTarget target, CompletableFuture<List<SourceFile>> sources, ArtifactStore capturing) {
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
            capturing,
            home.folder(),
            home.cache(),
            new GitProgram("git", System.getenv()),
            clock,
            CaptureBounds.USUAL,
            configuration.secretFiles());
    return inBackground("colophon-capture", () -> capture.capture(start, sources::join));
  }

  /** Digests of the fingerprints that the steps' code has now; a step without one is absent. */
  public Map<Name, Digest> fingerprints(LoadedFlow flow) {
    Map<Name, Digest> digests = new HashMap<>();
    join(fingerprint(flow, Refresh.NOTHING))
        .forEach((step, code) -> digests.put(step, code.print().digest()));
    return digests;
  }

  /**
   * What a run of a flow would read now, by pattern. A file that looks as when it was last read is
   * not read again; nothing is stored.
   *
   * @throws dev.colophon.core.error.ColophonException as a run would, such as of a missing file
   */
  public Map<String, List<Dataset>> inputs(LoadedFlow flow) {
    return new DatasetCapture(
            new DigestsOnly(), home.cache(), clock, false, InputCopies.around(flow.folder()))
        .capture(flow.program().graph(), flow.folder());
  }

  /** Beside the capture of code and data: class files are read, and nothing else. */
  private CompletableFuture<Map<Name, StepCode>> fingerprint(LoadedFlow flow, Refresh refresh) {
    return inBackground(
        "colophon-fingerprint", () -> StepCodes.of(flow, refresh, home.cache(), clock));
  }

  private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work, task -> Thread.ofPlatform().daemon().name(name).start(task));
  }

  private static <T> T join(CompletableFuture<T> code) {
    try {
      return code.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private CodeVersion codeVersion(LoadedFlow flow, CapturedCode captured) {
    FileDigests digests =
        new FileDigests(
            colophon.store(), new CacheFile(home.cache().resolve("libraries")), clock, false);
    return new CodeVersion(
        captured.snapshot(),
        captured.git(),
        flow.program().type().getName(),
        flow.file().flatMap(captured::pathOf),
        captured.folderOf(flow.folder()),
        new ClassPathCapture(colophon.store(), digests, coordinates(flow))
            .capture(flow.classes(), flow.libraries(), ownJars()),
        flow.declared(),
        captured.withheld());
  }

  /** A checkout knows them of its jars; of others, their place in a repository tells. */
  private static Function<Path, Optional<String>> coordinates(LoadedFlow flow) {
    Optional<CheckedOut> checkout = CheckedOut.around(flow.folder());
    return jar ->
        checkout.flatMap(found -> found.coordinates(jar)).or(() -> RepositoryPath.coordinates(jar));
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
