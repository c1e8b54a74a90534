package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.colophon.core.Subject.InRun;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.run.LogChunk;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.LogLine.Stream;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what tasks print and log. */
@SuppressWarnings("SystemOut") // flows that talk
class RunLogsTest {
  private static final int ALL = 100_000;

  @TempDir private Path folder;
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final PrintCapture capture;

  RunLogsTest() {
    capture = PrintCapture.install(System.out, System.err, System.out);
  }

  @BeforeEach
  void forget() {
    Patient.KEPT.drainPermits();
  }

  @AfterEach
  void giveBack() {
    capture.close();
  }

  private FlowHarness harness(TaskLogs logs) {
    return new FlowHarness(
        catalog.runLog(),
        catalog.outcomes(),
        logs,
        new MemoryStore(),
        folder.resolve("scratch"),
        Clock.systemUTC());
  }

  private RunId run(Class<?> flow) throws Exception {
    return harness(catalog.taskLogs()).run(flow).run().id();
  }

  private List<LogChunk> chunks(RunId run) {
    return catalog.taskLogs().read(run, 0, ALL).stream().map(TaskLogs.Piece::chunk).toList();
  }

  private List<LogLine> lines(RunId run) {
    return chunks(run).stream().flatMap(chunk -> chunk.lines().stream()).toList();
  }

  @Flow
  static class Chatty {
    @Param int lines = 3;

    @Step
    void talk(int lines) {
      for (int i = 0; i < lines; i++) {
        System.out.println("line " + i);
      }
    }
  }

  @Test
  void whatAStepPrintsIsKeptLineByLine() throws Exception {
    assertThat(lines(run(Chatty.class)))
        .extracting(LogLine::text)
        .containsExactly("line 0", "line 1", "line 2");
  }

  @Flow
  static class ManyVoices {
    @Step
    void talk(TaskContext context) {
      System.out.print("out");
      System.err.println("err");
      System.out.println(" of two parts");
      Logger.getLogger("a.Logger").warning("jul");
      System.getLogger("b.Logger").log(System.Logger.Level.INFO, "system {0}", 7);
      context.log("context");
      System.out.print("no end");
    }
  }

  @Test
  void eachLineSaysWhereItWasWrittenTo() throws Exception {
    assertThat(lines(run(ManyVoices.class)))
        .extracting(LogLine::stream, LogLine::text)
        .containsExactly(
            tuple(Stream.STDERR, "err"),
            tuple(Stream.STDOUT, "out of two parts"),
            tuple(Stream.LOGGER, "WARNING a.Logger: jul"),
            tuple(Stream.LOGGER, "INFO b.Logger: system 7"),
            tuple(Stream.LOGGER, "context"),
            tuple(Stream.STDOUT, "no end"));
  }

  @Test
  void aLineHasTheMomentAtWhichItBegan() throws Exception {
    RunId run = run(Chatty.class);
    assertThat(lines(run).getFirst().at())
        .isBetween(
            catalog.runLog().getRun(run).startedAt(),
            catalog.runLog().getRun(run).endedAt().orElseThrow());
  }

  @Test
  void ofAHundredMegabytesHeadAndTailAreKeptAndTheRestIsCounted() throws Exception {
    FlowHarness harness = harness(catalog.taskLogs()).with("lines", "8000000");
    RunId run = harness.run(Chatty.class).run().id();
    List<LogChunk> chunks = chunks(run);
    List<LogLine> lines = lines(run);
    assertThat(lines.getFirst().text()).isEqualTo("line 0");
    assertThat(lines.getLast().text()).isEqualTo("line 7999999");
    assertThat(chunks.getLast().endByte()).isGreaterThan(100_000_000);
    assertThat(chunks.stream().mapToLong(LogChunk::textBytes).sum())
        .isBetween(2L * TaskLogs.KEPT_BYTES, 3L * TaskLogs.KEPT_BYTES);
  }

  @Flow
  static class LongLine {
    @Step
    void talk() {
      System.out.println("x".repeat(TaskLog.LONGEST_LINE + 1));
    }
  }

  @Test
  void aVeryLongLineIsKeptAsSeveral() throws Exception {
    assertThat(lines(run(LongLine.class)))
        .extracting(line -> line.text().length())
        .containsExactly(TaskLog.LONGEST_LINE, 1);
  }

  @Flow
  static class Patient {
    static final Semaphore KEPT = new Semaphore(0);

    @Step
    boolean talk() throws InterruptedException {
      System.out.println("I wait");
      return KEPT.tryAcquire(1, TimeUnit.MINUTES);
    }
  }

  /** Tells what it does with the logs of the catalog. */
  private abstract class Told implements TaskLogs {
    @Override
    public List<Piece> read(InRun of, long after, int limit) {
      return catalog.taskLogs().read(of, after, limit);
    }
  }

  @Test
  void aLineIsKeptWhileItsTaskGoesOn() throws Exception {
    TaskLogs releasing =
        new Told() {
          @Override
          public void append(RunId run, List<LogChunk> chunks) {
            catalog.taskLogs().append(run, chunks);
            Patient.KEPT.release();
          }
        };
    FlowHarness harness = harness(releasing);
    RunId run = harness.run(Patient.class).run().id();
    assertThat(harness.value(Patient.class, run, "talk")).isEqualTo(true);
  }

  @Test
  void aLogThatCanNotBeKeptDoesNotHinderTheRun() throws Exception {
    TaskLogs full =
        new Told() {
          @Override
          public void append(RunId run, List<LogChunk> chunks) {
            throw new Unavailable("the disk is full", new IOException("no space left"));
          }
        };
    assertThat(harness(full).run(Chatty.class).run().state()).isEqualTo(RunState.COMPLETED);
  }

  @Flow
  static class Silent {
    @Step
    List<Integer> numbers() {
      return IntStream.range(0, 100).boxed().toList();
    }

    @Step
    int one(@Each("numbers") int number) {
      return number;
    }
  }

  @Test
  void silentTasksCostNothing() throws Exception {
    AtomicInteger appended = new AtomicInteger();
    TaskLogs counting =
        new Told() {
          @Override
          public void append(RunId run, List<LogChunk> chunks) {
            appended.incrementAndGet();
          }
        };
    harness(counting).run(Silent.class);
    assertThat(appended).hasValue(0);
  }

  @Flow
  static class Crowd {
    @Step
    List<Integer> numbers() {
      return IntStream.range(0, 500).boxed().toList();
    }

    @Step
    int one(@Each("numbers") int number) {
      System.out.println("number " + number);
      return number;
    }
  }

  @Test
  void theLinesOfManyTasksAreKeptInGroups() throws Exception {
    List<Integer> groups = new ArrayList<>();
    TaskLogs counting =
        new Told() {
          @Override
          public void append(RunId run, List<LogChunk> chunks) {
            groups.add(chunks.size());
          }
        };
    harness(counting).run(Crowd.class);
    assertThat(groups.stream().mapToInt(Integer::intValue).sum()).isEqualTo(500);
    assertThat(groups).hasSizeLessThan(500);
  }

  @Flow
  static class Unhappy {
    @Step
    void talk() {
      System.out.println("so far so good");
      throw new IllegalStateException("no route");
    }
  }

  @Test
  void whatAFailedTaskSaidIsKept() throws Exception {
    RunId run = run(Unhappy.class);
    assertThat(lines(run)).extracting(LogLine::text).containsExactly("so far so good");
    assertThat(chunks(run)).extracting(LogChunk::task).containsExactly(task(run));
  }

  private TaskId task(RunId run) {
    return catalog.runLog().getGraph(run).tasks().getFirst().id();
  }
}
