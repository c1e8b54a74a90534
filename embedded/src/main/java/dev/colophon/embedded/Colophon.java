package dev.colophon.embedded;

import dev.colophon.catalog.SqlCatalog;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Outcomes;
import dev.colophon.core.run.RunLog;
import dev.colophon.store.LocalStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The ports of one home, each opened when it is first asked for. May be used from any thread until
 * it is closed.
 */
public final class Colophon implements AutoCloseable {
  /** How long a record may wait for other processes that write theirs. */
  public static final Duration PATIENCE = SqlCatalog.PATIENCE;

  private final Lazy<Records> records;
  private final Lazy<ArtifactStore> store;

  /** The ports that one catalog gives. */
  private record Records(RunLog runs, Registry registry, Outcomes outcomes, Runnable close) {}

  private Colophon(Supplier<Records> records, Supplier<ArtifactStore> store) {
    this.records = new Lazy<>(records);
    this.store = new Lazy<>(store);
  }

  /**
   * The ports of a home that will be written to: it is made when a port is first asked for.
   *
   * @throws dev.colophon.core.error.ColophonException.Invalid if a newer version made the home
   */
  public static Colophon open(Home home) {
    home.check();
    return new Colophon(
        () -> {
          home.create();
          return records(home);
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
    return new Colophon(() -> records(home), () -> new LocalStore(home.store(), UUID::randomUUID));
  }

  /** Given ports, such as those of the test kit. Closing closes the store. */
  public static Colophon of(
      RunLog runs, Registry registry, Outcomes outcomes, ArtifactStore store) {
    return new Colophon(() -> new Records(runs, registry, outcomes, () -> {}), () -> store);
  }

  private static Records records(Home home) {
    SqlCatalog catalog = SqlCatalog.at(home.catalog());
    return new Records(catalog.runLog(), catalog.registry(), catalog.outcomes(), catalog::close);
  }

  public RunLog runs() {
    return records.get().runs();
  }

  public Registry registry() {
    return records.get().registry();
  }

  /** Outcomes of tasks, by what they depend on. */
  public Outcomes outcomes() {
    return records.get().outcomes();
  }

  public ArtifactStore store() {
    return store.get();
  }

  /** Content wherever it lies. */
  public Artifacts artifacts() {
    return new Artifacts(runs(), store);
  }

  /** Walks over the records. */
  public Lineage lineage() {
    return new Lineage(runs(), registry());
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
    Closing catalog = () -> records.opened().map(Records::close).ifPresent(Runnable::run);
    try (catalog) {
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
