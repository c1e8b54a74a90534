package dev.colophon.embedded.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.run.RunState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the end of a block says of a run, as the compiler of this JDK writes it. */
class TryBlockTest {
  /** A value that a program leaves behind. */
  record Score(double auc) {}

  private static final String WORK = "run.metric(\"m\", 1);";
  private static final String THROW = "if (run != null) throw new IllegalStateException();";

  private final Tracker tracker = new Tracker();

  static Stream<String> blocksThatComeToTheirEnd() {
    return Stream.of(
        "try (run) { " + WORK + " }",
        "try (run) { if (run != null) return; }",
        "try { " + WORK + " } finally { run.close(); }",
        "try { throw new RuntimeException(); } catch (RuntimeException e) { try (run) { "
            + WORK
            + " } throw e; }",
        "try { run.id(); } catch (Throwable t) { t.toString(); } run.close();"
            + " try { run.id(); } finally { run.toString(); }",
        "try { run.close(); } catch (RuntimeException e) { e.addSuppressed(e); }",
        "synchronized (this) { run.close(); }");
  }

  static Stream<String> blocksThatAnExceptionLeaves() {
    String locals =
        IntStream.range(0, 130)
            .mapToObj(i -> "long a" + i + " = " + i + ";")
            .collect(Collectors.joining());
    return Stream.of(
        "try (run) { " + THROW + " }",
        "try (run) { " + THROW + " } catch (RuntimeException e) { e.toString(); }",
        "try (run) { " + THROW + " } finally { run.toString(); }",
        locals + "try (run) { " + THROW + " }",
        "try { " + THROW + " } finally { run.close(); }",
        "try { " + THROW + " } finally { run.id(); if (run != null) { run.close(); } run.id(); }",
        "try { " + THROW + " } catch (Throwable e) { run.close(); throw e; }",
        "AutoCloseable own = run::close; try (own) { " + THROW + " }",
        "class Own implements AutoCloseable { public void close() { run.close(); } }"
            + " try (var own = new Own()) { "
            + THROW
            + " }");
  }

  @ParameterizedTest
  @MethodSource("blocksThatComeToTheirEnd")
  void aBlockThatComesToItsEndIsACompletedRun(String block, @TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    assertThat(stateAfter(block, folder)).isEqualTo(RunState.COMPLETED);
    assertThat(tracker.warnings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("blocksThatAnExceptionLeaves")
  void aBlockThatAnExceptionLeavesIsAFailedRun(String block, @TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    assertThat(stateAfter(block, folder)).isEqualTo(RunState.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no class file"})
  void aBlockWithoutItsClassFileCountsAsCompletedWithAWarning(String found, @TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    compile("try (run) { " + WORK + " }", folder);
    TrackedRun run = tracker.start();
    accept(
        new Other(
            Files.readAllBytes(folder.resolve("Block.class")),
            found.getBytes(StandardCharsets.UTF_8)),
        run);
    assertThat(tracker.state(run)).isEqualTo(RunState.COMPLETED);
    assertThat(tracker.warnings).singleElement().asString().contains("complete()");
  }

  @Test
  void aClassFileThatIsNotTheOneThatRunsIsToldFromIt(@TempDir Path folder)
      throws IOException, ReflectiveOperationException {
    compile("try (run) { " + WORK + " }", folder);
    byte[] runs = Files.readAllBytes(folder.resolve("Block.class"));
    compile("run.id(); run.id(); run.id(); run.id(); run.id(); run.id();", folder);
    TrackedRun run = tracker.start();
    accept(new Other(runs, Files.readAllBytes(folder.resolve("Block.class"))), run);
    assertThat(tracker.warnings).hasSize(1);
  }

  private RunState stateAfter(String block, Path folder)
      throws IOException, ReflectiveOperationException {
    compile(block, folder);
    TrackedRun run = tracker.start();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      accept(loader, run);
    }
    return tracker.state(run);
  }

  @SuppressWarnings("unchecked") // as the source says
  private static void accept(ClassLoader loader, TrackedRun run)
      throws ReflectiveOperationException {
    var block =
        (Consumer<TrackedRun>) loader.loadClass("Block").getDeclaredConstructor().newInstance();
    try {
      block.accept(run);
    } catch (RuntimeException e) {
      assertThat(e.getMessage()).isNull(); // the block's own
    }
  }

  private static void compile(String block, Path folder) throws IOException {
    Path source =
        Files.writeString(
            folder.resolve("Block.java"),
            """
            import dev.colophon.embedded.track.TrackedRun;

            public class Block implements java.util.function.Consumer<TrackedRun> {
              public void accept(TrackedRun run) {
                try {
                  take(run);
                } catch (RuntimeException e) {
                  throw e;
                } catch (Exception e) {
                  throw new IllegalStateException(e.toString());
                }
              }

              private void take(TrackedRun run) throws Exception {
                %s
              }
            }
            """
                .formatted(block));
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertThat(status).isZero();
  }

  /** Defines one class, and has other bytes, or none, where its file should be. */
  private static final class Other extends ClassLoader {
    private final byte[] found;

    Other(byte[] bytes, byte[] found) {
      super(TryBlockTest.class.getClassLoader());
      this.found = found;
      Class<?> unused = defineClass("Block", bytes, 0, bytes.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return found.length == 0 ? null : new ByteArrayInputStream(found);
    }
  }
}
