package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.LogLine;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.All;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes, then the record that names them: no commit names content that was not synced. */
class CommitOrderTest {
  @TempDir Path folder;
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final SyncingStore store = new SyncingStore();
  private final List<String> committed = new CopyOnWriteArrayList<>();
  private final List<Digest> inStore = new CopyOnWriteArrayList<>();
  private final List<String> tooEarly = new CopyOnWriteArrayList<>();
  private final MovedClock clock = new MovedClock();
  private FlowHarness harness;

  @BeforeEach
  void open() {
    RunLog runs =
        WatchedLog.of(
            catalog.runLog(),
            (method, arguments) -> {
              if (method.equals("commit")) {
                ((List<?>) arguments[1]).forEach(end -> check((TaskEnd) end));
              }
            });
    harness = new FlowHarness(runs, catalog.outcomes(), catalog.taskLogs(), store, folder, clock);
  }

  private void check(TaskEnd end) {
    committed.add(end.task().step() + " " + end.state().text());
    List<Digest> named = new ArrayList<>();
    if (end.result().orElse(null) instanceof TaskEnd.Value value) {
      named.add(value.artifact().digest());
    }
    named.removeAll(end.inline().keySet());
    inStore.addAll(named);
    if (!store.synced.containsAll(named)) {
      tooEarly.add(end.task().toString());
    }
  }

  @Flow
  static class Large {
    @Step
    List<Integer> numbers() {
      return IntStream.range(0, 40).boxed().toList();
    }

    @Step
    byte[] noise(@Each("numbers") int number) {
      byte[] bytes = new byte[20_000];
      new Random(number).nextBytes(bytes);
      return bytes;
    }

    @Step
    int sum(@All List<byte[]> noise) {
      return noise.size();
    }
  }

  @Test
  void noCommitPrecedesTheSyncOfWhatItNames() throws Exception {
    assertThat(harness.run(Large.class).run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(committed).hasSize(42);
    assertThat(inStore).hasSize(40);
    assertThat(tooEarly).isEmpty();
  }

  @Flow
  static class Stubborn {
    static final AtomicReference<CountDownLatch> RELEASE =
        new AtomicReference<>(new CountDownLatch(1));
    static final AtomicReference<CountDownLatch> BEGUN =
        new AtomicReference<>(new CountDownLatch(1));

    @Step
    int deaf(TaskContext context) {
      context.log("z");
      BEGUN.get().countDown();
      boolean released = false;
      while (!released) {
        try {
          RELEASE.get().await();
          released = true;
        } catch (InterruptedException e) {
          context.log("not now");
        }
      }
      return 1;
    }
  }

  @Test
  void whatATaskThatWasGivenUpSaidIsKept() throws Exception {
    RunOutcome outcome = stopAStubbornStep();
    assertThat(committed).containsExactly("deaf cancelled");
    assertThat(catalog.taskLogs().read(outcome.run().id(), 0, 9).getFirst().chunk().lines())
        .extracting(LogLine::text)
        .contains("z");
    assertThat(harness.runs.getRun(outcome.run().id()).state()).isEqualTo(RunState.CANCELLED);
  }

  @Test
  void aTaskThatWasGivenUpSaysThatItsStepDidNotReturn() throws Exception {
    RunOutcome outcome = stopAStubbornStep();
    assertThat(harness.task(outcome.run().id(), "deaf").failure().orElseThrow().headline())
        .isEqualTo("cancelled: the step did not return within 10 s of being interrupted");
  }

  private RunOutcome stopAStubbornStep() throws Exception {
    Stubborn.BEGUN.set(new CountDownLatch(1));
    CountDownLatch release = new CountDownLatch(1);
    Stubborn.RELEASE.set(release);
    harness.listener(
        new RunListener() {
          @Override
          public void runStopping(List<TaskId> waitedFor, Duration grace) {
            clock.add(grace); // the time is over at once,
            harness.runner.stop(); // which the run sees when it is told anything
          }
        });
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    Stubborn.BEGUN.get().await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  harness.runner.stop();
                });
    try {
      return harness.run(Stubborn.class);
    } finally {
      release.countDown();
      stopper.join();
    }
  }

  /** The time of the system, moved ahead. */
  private static final class MovedClock extends Clock {
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    void add(Duration more) {
      ahead.accumulateAndGet(more, Duration::plus);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(ahead.get());
    }
  }

  /** Remembers what was put before its last sync. */
  private static final class SyncingStore implements ArtifactStore {
    private final ArtifactStore store = new MemoryStore();
    private final Set<Digest> put = ConcurrentHashMap.newKeySet();
    private final Set<Digest> synced = ConcurrentHashMap.newKeySet();

    @Override
    public Artifact.Blob put(Writer writer) throws IOException {
      Artifact.Blob blob = store.put(writer);
      put.add(blob.digest());
      return blob;
    }

    @Override
    public Artifact.Blob putFile(Path file) throws IOException {
      Artifact.Blob blob = store.putFile(file);
      put.add(blob.digest());
      return blob;
    }

    @Override
    public Set<Digest> missing(Collection<Digest> digests) {
      return store.missing(digests);
    }

    @Override
    public InputStream open(Digest digest) {
      return store.open(digest);
    }

    @Override
    public void copyTo(Digest digest, Path file) {
      store.copyTo(digest, file);
    }

    @Override
    public void sync() {
      Set<Digest> before = Set.copyOf(put);
      store.sync();
      synced.addAll(before);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
