package dev.colophon.embedded;

import dev.colophon.catalog.SqlCatalog;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.StepId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.lineage.Why;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskLogs;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.embedded.read.Records;
import dev.colophon.embedded.track.TrackedRun;
import dev.colophon.embedded.track.Tracking;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.dataset.DatasetCapture;
import dev.colophon.flow.run.Scratch;
import dev.colophon.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The ports of one home, each opened when it is first asked for. May be used from any thread until
 * it is closed.
 */
public final class Colophon implements AutoCloseable {
  /** How long a record may wait for other processes that write theirs. */
  public static final Duration PATIENCE = SqlCatalog.PATIENCE;

  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private static final System.Logger LOG = System.getLogger(Colophon.class.getName());

  private final Optional<Home> home;
  private final Runnable farewell;
  private final Codecs codecs = new Codecs();
  private final Lazy<Catalog> catalog;
  private final Lazy<ArtifactStore> store;

  /** The ports that one catalog gives. */
  private record Catalog(
      RunLog runs, Registry registry, Outcomes outcomes, TaskLogs logs, Runnable close) {}

  private Colophon(
      Optional<Home> home,
      Runnable farewell,
      Supplier<Catalog> catalog,
      Supplier<ArtifactStore> store) {
    this.home = home;
    this.farewell = farewell;
    this.catalog = new Lazy<>(catalog);
    this.store = new Lazy<>(store);
  }

  /**
   * The home that the command {@code colophon} uses when it is started here: as the environment or
   * {@code colophon.toml} says, else {@link Home#find}.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid if a newer version made the home, or
   *     {@code colophon.toml} is wrong
   */
  public static Colophon open() {
    return open(homeOf(System.getenv(), Path.of(""), System.getProperty("user.home", "")));
  }

  /** The home of a process: the launcher of the command lets HOME win, so it does here. */
  static Home homeOf(Map<String, String> environment, Path workingFolder, String personFolder) {
    Path person =
        Path.of(
            Optional.ofNullable(environment.get("HOME"))
                .filter(text -> !text.isEmpty())
                .orElse(personFolder));
    Configuration configuration = Configuration.of(environment, workingFolder, person);
    return Home.find(configuration.home(), environment, workingFolder, person);
  }

  /**
   * A home by its folder, such as {@code .colophon}; made when it is first written to.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid if a newer version made the home
   */
  public static Colophon open(Path home) {
    return open(new Home(home));
  }

  /** A home of its own, which {@link #close} deletes: for tests and trials. */
  public static Colophon temporary() {
    try {
      Path folder = Files.createTempDirectory("colophon-");
      Home home = new Home(folder);
      home.create();
      return open(home, () -> delete(folder));
    } catch (IOException e) {
      throw new Unavailable(
          "the folder for temporary files can't be written (%s); name another with -Djava.io.tmpdir"
              .formatted(IoReason.of(e)),
          e);
    }
  }

  private static void delete(Path folder) {
    try {
      Scratch.delete(folder);
    } catch (IOException e) {
      return; // a leftover among temporary files; nothing depends on it
    }
  }

  /**
   * The ports of a home that will be written to: it is made when a port is first asked for.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid if a newer version made the home
   */
  public static Colophon open(Home home) {
    return open(home, () -> {});
  }

  private static Colophon open(Home home, Runnable farewell) {
    home.check();
    return new Colophon(
        Optional.of(home),
        farewell,
        () -> {
          home.create();
          return catalog(home);
        },
        () -> {
          home.create();
          return new LocalStore(home.store(), UUID::randomUUID);
        });
  }

  /**
   * The ports of a home that is read: one that does not exist is empty, and nothing is made.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid if a newer version made the home
   */
  public static Colophon reading(Home home) {
    home.check();
    return new Colophon(
        Optional.of(home),
        () -> {},
        () -> catalog(home),
        () -> new LocalStore(home.store(), UUID::randomUUID));
  }

  /**
   * Given ports, such as those of the test kit, without what tasks said. Closing closes the store.
   */
  public static Colophon of(
      RunLog runs, Registry registry, Outcomes outcomes, ArtifactStore store) {
    return of(runs, registry, outcomes, TaskLogs.NONE, store);
  }

  /** Given ports, such as those of the test kit. Closing closes the store. */
  public static Colophon of(
      RunLog runs, Registry registry, Outcomes outcomes, TaskLogs logs, ArtifactStore store) {
    return new Colophon(
        Optional.empty(),
        () -> {},
        () -> new Catalog(runs, registry, outcomes, logs, () -> {}),
        () -> store);
  }

  private static Catalog catalog(Home home) {
    SqlCatalog catalog = SqlCatalog.at(home.catalog());
    return new Catalog(
        catalog.runLog(),
        catalog.registry(),
        catalog.outcomes(),
        catalog.taskLogs(),
        catalog::close);
  }

  /** Where everything lies; empty for given ports. */
  public Optional<Home> home() {
    return home;
  }

  public RunLog runs() {
    return catalog.get().runs();
  }

  public Registry registry() {
    return catalog.get().registry();
  }

  /** Outcomes of tasks, by what they depend on. */
  public Outcomes outcomes() {
    return catalog.get().outcomes();
  }

  /** What tasks said. */
  public TaskLogs taskLogs() {
    return catalog.get().logs();
  }

  public ArtifactStore store() {
    return store.get();
  }

  /** Content wherever it lies. */
  public Artifacts artifacts() {
    return new Artifacts(runs(), store);
  }

  /**
   * All that is recorded, to be read by programs and notebooks.
   *
   * @throws NotFound if there is no home yet; none is made
   */
  public Records read() {
    home.filter(place -> !place.exists())
        .ifPresent(
            place -> {
              throw new NotFound(
                  "home %s: no such home, expected one with runs; name another folder, or make it with a first run"
                      .formatted(place));
            });
    Artifacts artifacts = artifacts();
    return new Records(runs(), registry(), artifacts, artifacts, codecs);
  }

  /**
   * Begins a run of this program, which tells it what it reads, measures and makes. Code, class
   * path and surroundings are captured now.
   *
   * @param name of the program, as runs are listed by it, such as {@code nightly-train}
   * @throws Invalid if these are ports without a home
   */
  public TrackedRun start(String name) {
    return start(name, CALLERS.getCallerClass());
  }

  /**
   * Runs work as a run of this program: completed when it returns, failed, with the exception on
   * record, when it throws.
   *
   * @param name as {@link #start}
   * @return what the work returns
   * @throws E what the work throws
   */
  public <T, E extends Exception> T track(String name, Tracked<T, E> work) throws E {
    TrackedRun run = start(name, CALLERS.getCallerClass());
    T result;
    try {
      result = work.in(run);
    } catch (Throwable e) {
      try {
        run.fail(e);
      } catch (ColophonException unrecorded) {
        e.addSuppressed(unrecorded);
      }
      throw e;
    }
    run.complete();
    return result;
  }

  /** Work that is tracked. */
  @FunctionalInterface
  public interface Tracked<T, E extends Exception> {
    T in(TrackedRun run) throws E;
  }

  private TrackedRun start(String name, Class<?> main) {
    Home place =
        home.orElseThrow(
            () ->
                new Invalid(
                    "run %s: these ports have no home, expected one; open it with Colophon.open"
                        .formatted(name)));
    Clock clock = Clock.systemUTC();
    Path workingFolder = Path.of("").toAbsolutePath();
    DatasetCapture datasets = new DatasetCapture(store(), place.cache(), clock, false);
    declareLost(Machine.current(), clock.instant());
    return new Tracking(
            runs(),
            store(),
            codecs,
            clock,
            path -> datasets.capture(path.toString(), workingFolder),
            this::input,
            warning -> LOG.log(System.Logger.Level.WARNING, warning))
        .start(new ProgramCapture(store(), place, workingFolder, clock).run(Name.of(name), main));
  }

  /** What an address names, as an input of a run. */
  private Input input(String address) {
    TaskId task =
        switch (lineage().find(address)) {
          case VersionId version -> registry().getVersion(version).madeBy();
          case TaskId one -> one;
          case StepId step -> step.task(IndexPath.NONE);
          case Subject other ->
              throw new Invalid(
                  "input \"%s\" is %s, expected a model version or what a task left behind, such as flight-delays@3 or FlightDelays/12/score"
                      .formatted(address, other));
        };
    Output output =
        Optional.ofNullable(runs().outputsOf(List.of(task)).get(task))
            .orElseThrow(
                () ->
                    new NotFound(
                        "input \"%s\": task %s left nothing behind; \"colophon show %s\" says what it did"
                            .formatted(address, task, task.run())));
    return new Input(address, output.artifact().digest(), new Input.FromTask(task));
  }

  /** Walks over the records. */
  public Lineage lineage() {
    return new Lineage(runs(), registry());
  }

  /** Says why tasks ran. */
  public Why why() {
    return new Why(runs(), outcomes(), artifacts()::bytes);
  }

  /**
   * Declares lost the running runs whose process has vanished, as this machine can tell.
   *
   * @return those that were
   */
  public List<RunId> declareLost(Machine machine, Instant now) {
    return runs().declareLost(run -> machine.isGone(run, now), now);
  }

  /** Syncs and closes what was opened: the catalog also where the store refuses. */
  @Override
  public void close() {
    Closing last = farewell::run;
    Closing closing = () -> catalog.opened().map(Catalog::close).ifPresent(Runnable::run);
    try (last;
        closing) {
      store.opened().ifPresent(ArtifactStore::close);
    }
  }

  /** What fails in our family only. */
  @FunctionalInterface
  private interface Closing extends AutoCloseable {
    @Override
    void close();
  }
}
