package dev.colophon.embedded.track;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.Failure;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.code.Secrets;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.run.Failures;
import dev.colophon.flow.run.TaskContents;
import dev.colophon.flow.run.ValueJson;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A run of a program that is not a flow. What it tells is written down in the background, in
 * groups; what could not be written is raised by the next call, at the latest by the end.
 *
 * <p>It ends as
 *
 * <ul>
 *   <li>{@code completed} by {@link #complete}, or by {@link #close} of a {@code try} block that
 *       came to its end;
 *   <li>{@code failed} by {@link #fail}, or by {@link #close} of a {@code try} block that an
 *       exception left;
 *   <li>{@code cancelled} if the JVM is told to end, as by Ctrl-C or {@code System.exit};
 *   <li>{@code lost} if the process vanishes.
 * </ul>
 *
 * The first of them counts. May be used from any thread.
 */
public final class TrackedRun implements AutoCloseable {
  private final Journal journal;
  private final Tracking tracking;

  /** How long a JVM that ends waits for the record of an end that has begun. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Thread hook = new Thread(this::cancel, "colophon-track-end");
  private final Map<String, Json> parameters = new HashMap<>();
  private final Map<String, Input> inputs = new HashMap<>();
  private final Set<Name> names = new HashSet<>(Set.of(Journal.MAIN));
  private final CountDownLatch recorded = new CountDownLatch(1);
  private boolean ended;

  TrackedRun(Journal journal, Tracking tracking) {
    this.journal = journal;
    this.tracking = tracking;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Its address, such as {@code nightly-train/12}. */
  public RunId id() {
    return journal.run();
  }

  /**
   * Records a parameter: a value given by a person, which the result depends on. It is stored as it
   * is, for everybody who can read the home: a warning is logged of one that is named as secrets
   * are.
   *
   * @param value a text, number, truth value, moment, enum, record of such, list or array
   * @throws Invalid if no codec writes such a value
   * @throws Conflict if it has another value already, or the run has ended
   */
  public void param(String name, Object value) {
    if (name.isBlank()) {
      throw new Invalid("parameter \"%s\": expected a name".formatted(name));
    }
    Json json = json(name, value);
    synchronized (this) {
      Json before = parameters.putIfAbsent(name, json);
      if (before != null && !before.canonical().equals(json.canonical())) {
        throw new Conflict(
            "parameter %s of run %s is %s, found %s; a parameter has one value, give another name"
                .formatted(name, id(), before.canonical(), json.canonical()));
      }
      if (before != null) {
        return;
      }
    }
    if (Secrets.looksSecret(name)) {
      tracking
          .warnings()
          .accept(
              "run %s: parameter %s is stored with the run, as it is, for everybody who can read the home; if it is a secret, don't tell it"
                  .formatted(id(), name));
    }
    journal.parameter(name, json);
  }

  private Json json(String name, Object value) {
    try {
      return new ValueJson(tracking.codecs()).toJson(ValueType.of(value), value);
    } catch (Invalid e) {
      throw new Invalid("parameter \"%s\": %s".formatted(name, e.text()), e);
    }
  }

  /**
   * Records a number that was measured. Others can read it at most 10 s later.
   *
   * @param name 1 to 250 characters
   */
  public void metric(String name, double value) {
    journal.metric(new Metric(name, value, OptionalLong.empty(), Optional.empty(), journal.now()));
  }

  /**
   * Records one number of a series.
   *
   * @param step its place in the series, such as an epoch
   */
  public void metric(String name, double value, long step) {
    journal.metric(new Metric(name, value, OptionalLong.of(step), Optional.empty(), journal.now()));
  }

  /**
   * Captures a file or folder that the program is about to read. All that the run leaves behind
   * from now on counts as made from it.
   *
   * @param path relative to the working folder, or absolute
   * @return the same path
   * @throws dev.colophon.core.error.ColophonException.NotFound if there is no such file or folder
   * @throws Conflict if it was captured before with other content
   */
  public Path input(Path path) {
    for (Dataset dataset : tracking.datasets().apply(path)) {
      Input input =
          new Input(
              dataset.name(), dataset.artifact().digest(), new Input.FromDataset(dataset.name()));
      if (isNew(input)) {
        journal.dataset(dataset, input);
      }
    }
    return path;
  }

  /**
   * Says that the program reads what a task of another run left behind. All that this run leaves
   * behind from now on counts as made from it.
   *
   * @param address such as {@code FlightDelays/12/score}, {@code flight-delays@3} or {@code
   *     flight-delays@champion}; read it with {@code Colophon.read()}
   * @return the task: an alias names another one tomorrow
   * @throws dev.colophon.core.error.ColophonException.NotFound if there is no such thing, or it
   *     left nothing behind
   * @throws Conflict if the address named something else before, such as an alias that has moved
   */
  public TaskId input(String address) {
    Input input = tracking.inputs().apply(address);
    if (isNew(input)) {
      journal.input(input);
    }
    return ((Input.FromTask) input.source()).task();
  }

  private synchronized boolean isNew(Input input) {
    Input before = inputs.putIfAbsent(input.argument(), input);
    if (before != null && !before.equals(input)) {
      throw new Conflict(
          "input %s of run %s has changed since it was captured; %s, or start another run"
              .formatted(
                  input.argument(),
                  id(),
                  input.source() instanceof Input.FromDataset
                      ? "copy it to another name"
                      : "name the version or the run"));
    }
    return before == null;
  }

  /**
   * Keeps a value or, of a {@link Path}, a file or folder, under a name of its own: it is read by
   * the address {@code RUN/NAME}.
   *
   * @throws Conflict if the run left one of this name already
   * @throws Invalid if no codec writes such a value
   */
  public void artifact(String name, Object value) {
    artifact(name, typeOf(name, value), value);
  }

  private static Type typeOf(String name, Object value) {
    try {
      return ValueType.of(value);
    } catch (Invalid e) {
      throw new Invalid("artifact \"%s\": %s; put them into a record".formatted(name, e.text()), e);
    }
  }

  /** {@link #artifact(String, Object)} of a type with arguments, such as {@code List<Score>}. */
  public void artifact(String name, Type type, Object value) {
    Instant began = journal.now();
    TaskContents contents = tracking.contents();
    TaskEnd end =
        named(
            name,
            task -> {
              Stored stored = encode(name, type, value, contents);
              return taskEnd(
                  task,
                  began,
                  new TaskEnd.Value(stored.artifact(), stored.codec(), stored.fileName()),
                  contents);
            });
    journal.task(step(end), end, contents.usesStore());
  }

  /** Registers a file or folder as the next version of a model. */
  public VersionId register(String model, Path content) {
    return register(NewVersion.of(model, content));
  }

  /** Registers a value as the next version of a model. */
  public VersionId register(String model, Record content) {
    return register(NewVersion.of(model, content));
  }

  /**
   * Registers the next version of a model; returns when it is recorded, with its number. It is left
   * behind under the model's name.
   *
   * @throws Conflict if the run left something of this name already
   */
  public VersionId register(NewVersion version) {
    Instant began = journal.now();
    TaskContents contents = tracking.contents();
    TaskEnd end = named(version.model(), task -> registration(task, began, version, contents));
    return journal
        .taskNow(step(end), end, contents.usesStore())
        .version()
        .orElseThrow(() -> new IllegalStateException("a registration without a version"));
  }

  private TaskEnd registration(
      TaskId task, Instant began, NewVersion version, TaskContents contents) {
    Object content = version.content();
    if (content instanceof dev.colophon.flow.Artifact<?>) {
      throw new Invalid(
          "model %s: its content is an artifact of a flow; register a value or a file"
              .formatted(version.model()));
    }
    Stored stored = encode(version.model(), typeOf(version.model(), content), content, contents);
    VersionDraft draft =
        new VersionDraft(
            Name.of(version.model()),
            stored.artifact(),
            stored.codec(),
            version.description(),
            new TreeMap<>(version.metrics()),
            new TreeMap<>(version.tags()));
    return taskEnd(task, began, new TaskEnd.Registration(draft), contents);
  }

  /** What is left behind under a name; the name is free again if it can't be made. */
  private TaskEnd named(String name, Function<TaskId, TaskEnd> made) {
    Name step = Name.of(name);
    synchronized (this) {
      if (!names.add(step)) {
        throw new Conflict(
            "run %s: \"%s\" is taken; give another name, such as %s-2".formatted(id(), name, name));
      }
    }
    boolean done = false;
    try {
      TaskEnd end = made.apply(id().step(step).task(IndexPath.NONE));
      done = true;
      return end;
    } finally {
      if (!done) {
        release(step);
      }
    }
  }

  private synchronized void release(Name step) {
    names.remove(step);
  }

  private Stored encode(String name, Type type, Object value, TaskContents contents) {
    try {
      return tracking.codecs().encode(type, value, contents);
    } catch (Invalid e) {
      throw new Invalid("artifact \"%s\": %s".formatted(name, e.text()), e);
    } catch (IOException e) {
      throw new Unavailable(
          "artifact \"%s\" can't be read or kept (%s); look after the disk, then try again"
              .formatted(name, IoReason.of(e)),
          e);
    }
  }

  private TaskEnd taskEnd(
      TaskId task, Instant began, TaskEnd.Result result, TaskContents contents) {
    return new TaskEnd(
        task,
        RunState.COMPLETED,
        1,
        began,
        journal.now(),
        journal.inputs(),
        Optional.of(result),
        contents.inline(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static StepRecord step(TaskEnd end) {
    List<String> reads = new ArrayList<>();
    end.inputs().forEach(input -> reads.add(input.argument()));
    return new StepRecord(end.task().step(), List.of(), reads);
  }

  /**
   * Ends the run as completed; returns when all that it told is recorded. Does nothing if it has
   * ended.
   *
   * @throws Conflict if it was declared lost
   */
  public void complete() {
    end(RunState.COMPLETED, Optional.empty());
  }

  /** Ends the run as failed, and records why. Does nothing if it has ended. */
  public void fail(Throwable why) {
    end(RunState.FAILED, Optional.of(Failures.of(why)));
  }

  /**
   * What happens when the JVM ends: the run ends as cancelled; if it is ending already, that is
   * waited for.
   */
  void cancel() {
    end(RunState.CANCELLED, Optional.empty());
    try {
      boolean unused = recorded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * {@link #complete}s, unless an exception has left the {@code try} block that this belongs to:
   * then the run ends as failed. Which exception it was is known to {@link #fail} only, and to
   * {@code Colophon.track}. Does nothing if the run has ended.
   */
  @Override
  public void close() {
    switch (TryBlock.ofCaller(TrackedRun.class).exit()) {
      case END -> complete();
      case EXCEPTION ->
          end(
              RunState.FAILED,
              Optional.of(
                  new Failure("", "an exception left the try block; fail(e) records which", "")));
      case UNKNOWN -> {
        complete();
        tracking
            .warnings()
            .accept(
                "run %s counts as completed: whether an exception left its block can't be told of this class file; say complete() or fail(e), or use Colophon.track"
                    .formatted(id()));
      }
    }
  }

  private void end(RunState state, Optional<Failure> failure) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    try {
      journal.finish(state, failure);
    } finally {
      recorded.countDown();
      unhook();
    }
  }

  private void unhook() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // the JVM is ending already, which is what the hook is for
    }
  }

  /** Its address. */
  @Override
  public String toString() {
    return id().toString();
  }
}
