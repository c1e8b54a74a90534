package dev.colophon.embedded.track;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunAddition;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.run.Heartbeat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a tracked run tells, in groups: whatever was told while the last group was being
 * written makes up the next one. Bytes are made durable first, then the records that name them.
 * Metrics are tasks of the step {@link #MAIN}, one for all that were measured within {@link #PART}.
 * Thread-safe.
 */
final class Journal {
  /** The program itself. */
  static final Name MAIN = Name.of("main");

  /** How long metrics wait, at most, before they can be read. */
  private static final Duration PART = Duration.ofSeconds(10);

  /** How many metrics make up a part, at most. */
  static final int MOST_MEASURED = 10_000;

  /** How many things may wait to be written before who adds another one writes them. */
  private static final int MOST_WAITING = 1_024;

  private final RunRecord run;
  private final RunLog runs;
  private final ArtifactStore store;
  private final InstantSource clock;
  private final Heartbeat heartbeat;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock telling = new ReentrantLock();
  private final Condition told = telling.newCondition();
  private final Map<TaskId, Output> outputs = new HashMap<>();
  private Page page = new Page();
  private final List<Input> read = new ArrayList<>();
  private List<Input> inputs = List.of();
  private List<Metric> measured = new ArrayList<>();
  private Instant partBegan;
  private int parts;
  private boolean over;
  private @Nullable Throwable broken;

  /** What waits to be written. */
  private static final class Page {
    private final SortedMap<String, Json> parameters = new TreeMap<>();
    private final List<StepRecord> steps = new ArrayList<>();
    private final List<Dataset> datasets = new ArrayList<>();
    private final List<TaskEnd> ends = new ArrayList<>();
    private boolean usesStore;
    private int metrics;

    boolean isFull() {
      return ends.size() >= MOST_WAITING || metrics >= MOST_MEASURED;
    }

    boolean isEmpty() {
      return ends.isEmpty() && !adds();
    }

    boolean adds() {
      return !parameters.isEmpty() || !steps.isEmpty() || !datasets.isEmpty();
    }
  }

  Journal(RunRecord run, RunLog runs, ArtifactStore store, Clock clock) {
    this.run = run;
    this.runs = runs;
    this.store = store;
    this.clock = clock;
    this.partBegan = run.startedAt();
    this.heartbeat = new Heartbeat(run.id(), runs, clock, this::breakOff);
    Thread.ofPlatform().daemon().name("colophon-track").start(this::keepWriting);
  }

  RunId run() {
    return run.id();
  }

  Instant now() {
    return clock.instant();
  }

  /** What the run has read so far. */
  List<Input> inputs() {
    telling.lock();
    try {
      if (inputs.size() < read.size()) {
        inputs = List.copyOf(read);
      }
      return inputs;
    } finally {
      telling.unlock();
    }
  }

  void parameter(String name, Json value) {
    tell(() -> page.parameters.put(name, value));
  }

  void dataset(Dataset dataset, Input input) {
    tell(
        () -> {
          page.datasets.add(dataset);
          page.usesStore = true;
          read.add(input);
        });
  }

  void input(Input input) {
    tell(() -> read.add(input));
  }

  void metric(Metric metric) {
    tell(
        () -> {
          measured.add(metric);
          if (measured.size() >= MOST_MEASURED) {
            addPart(RunState.COMPLETED, Optional.empty());
          }
        });
  }

  void task(StepRecord step, TaskEnd end, boolean usesStore) {
    tell(
        () -> {
          page.steps.add(step);
          page.ends.add(end);
          page.usesStore |= usesStore;
        });
  }

  /** Writes a task and all before it; returns what it left behind, as recorded. */
  Output taskNow(StepRecord step, TaskEnd end, boolean usesStore) {
    task(step, end, usesStore);
    write();
    telling.lock();
    try {
      return Optional.ofNullable(outputs.get(end.task())).orElseThrow();
    } finally {
      telling.unlock();
    }
  }

  /**
   * Writes all that is left, and ends the run: as failed, if something of it could not be written.
   */
  void finish(RunState state, Optional<Failure> failure) {
    try {
      telling.lock();
      try {
        over = true;
        told.signalAll();
        refuseIfBroken();
        addPart(state, failure);
      } finally {
        telling.unlock();
      }
      write();
      end(state, failure.map(Failure::headline));
    } catch (Conflict e) {
      throw e; // the run is somebody else's to end by now
    } catch (RuntimeException e) {
      try {
        end(RunState.FAILED, Optional.of(text(e)));
      } catch (RuntimeException unrecorded) {
        e.addSuppressed(unrecorded); // it will show as lost
      }
      throw e;
    } finally {
      heartbeat.stop();
    }
  }

  private static String text(Throwable e) {
    return e instanceof ColophonException known ? known.text() : e.toString();
  }

  private void end(RunState state, Optional<String> why) {
    runs.end(
        run.id(),
        state,
        clock.instant(),
        why.map(headline -> new RunRecord.RunFailure(run.id().step(MAIN).toString(), headline)));
  }

  private void tell(Runnable change) {
    boolean full;
    telling.lock();
    try {
      refuseIfBroken();
      if (over) {
        throw new Conflict(
            "run %s has ended; nothing is added to it, start another".formatted(run.id()));
      }
      change.run();
      full = page.isFull();
      told.signalAll();
    } finally {
      telling.unlock();
    }
    if (full) {
      write();
    }
  }

  private void refuseIfBroken() {
    Throwable cause = broken;
    if (cause instanceof Conflict) {
      throw new Conflict(
          "run %s was declared lost, or ended elsewhere; nothing is added to it, start another"
              .formatted(run.id()));
    }
    if (cause != null) {
      throw new Unavailable(
          "run %s can't be recorded any more: %s".formatted(run.id(), text(cause)), cause);
    }
  }

  private void breakOff(Throwable cause) {
    telling.lock();
    try {
      broken = broken == null ? cause : broken;
      told.signalAll();
    } finally {
      telling.unlock();
    }
  }

  private void addPart(RunState state, Optional<Failure> failure) {
    Instant now = clock.instant();
    page.metrics += measured.size();
    page.ends.add(
        new TaskEnd(
            run.id().step(MAIN).task(new IndexPath(List.of(parts++))),
            state,
            1,
            partBegan,
            now,
            inputs(),
            Optional.empty(),
            Map.of(),
            measured,
            failure,
            Optional.empty()));
    measured = new ArrayList<>();
    partBegan = now;
  }

  /** The life of the writing thread. */
  private void keepWriting() {
    try {
      while (await()) {
        write();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      breakOff(e); // raised by whoever tells next
    }
  }

  /** Waits for something to write; false once the run is over. */
  private boolean await() throws InterruptedException {
    telling.lock();
    try {
      while (!over && broken == null) {
        Duration left = Duration.between(clock.instant(), partBegan.plus(PART));
        if (!measured.isEmpty() && !left.isPositive()) {
          addPart(RunState.COMPLETED, Optional.empty());
        }
        if (!page.isEmpty()) {
          return true;
        }
        if (measured.isEmpty()) {
          told.await();
        } else {
          told.await(left.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
      }
      return false;
    } finally {
      telling.unlock();
    }
  }

  /**
   * Returns when all that was told before is durable.
   *
   * @throws ColophonException if anything was not written, now or before: nothing follows a gap
   */
  private void write() {
    writing.lock();
    try {
      Page full = turn();
      if (full.isEmpty()) {
        return;
      }
      if (full.usesStore) {
        store.sync();
      }
      if (full.adds()) {
        runs.append(run.id(), new RunAddition(full.parameters, full.steps, full.datasets));
      }
      List<Optional<Output>> written =
          full.ends.isEmpty() ? List.of() : runs.commit(run.id(), full.ends, clock);
      telling.lock();
      try {
        for (int i = 0; i < written.size(); i++) {
          TaskId task = full.ends.get(i).task();
          written.get(i).ifPresent(output -> outputs.put(task, output));
        }
      } finally {
        telling.unlock();
      }
    } catch (RuntimeException | Error e) {
      breakOff(e);
      throw e;
    } finally {
      writing.unlock();
    }
  }

  private Page turn() {
    telling.lock();
    try {
      refuseIfBroken();
      Page full = page;
      page = new Page();
      return full;
    } finally {
      telling.unlock();
    }
  }
}
