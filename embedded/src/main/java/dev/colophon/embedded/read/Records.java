package dev.colophon.embedded.read;

import dev.colophon.core.ArtifactStore;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.lineage.Impact;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.lineage.Trace;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunLog;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is recorded, to be read by programs and notebooks. May be used from any thread; a stream
 * is for one.
 */
public final class Records {
  /** Runs that are asked for together. */
  private static final int PAGE = 200;

  private final Reader reader;

  /**
   * @param store content wherever it lies
   * @param contents the same content, as codecs ask for it
   */
  public Records(
      RunLog runs, Registry registry, ArtifactStore store, Contents contents, Codecs codecs) {
    this.reader = new Reader(runs, registry, store, contents, codecs);
  }

  /** All runs, newest first, read as the stream goes on. */
  public Stream<Run> runs() {
    return runs(RunFilter.ALL);
  }

  /** The runs of a flow or of a tracked program, newest first, read as the stream goes on. */
  public Stream<Run> runs(String flow) {
    return runs(
        new RunFilter(
            Optional.of(Name.of(flow)),
            Optional.empty(),
            Optional.empty(),
            PAGE,
            Optional.empty()));
  }

  /**
   * Runs that a filter lets through, newest first, read as the stream goes on.
   *
   * @param filter its {@code after} says where to begin; its {@code limit} how many are asked for
   *     together, not how many there are
   */
  public Stream<Run> runs(RunFilter filter) {
    return Pages.stream(
            after ->
                reader
                    .runs()
                    .listRuns(
                        new RunFilter(
                            filter.flow(),
                            filter.state(),
                            filter.tag(),
                            filter.limit(),
                            after.or(filter::after))))
        .map(run -> new Run(reader, run));
  }

  /**
   * A run.
   *
   * @param address such as {@code FlightDelays/12}
   * @throws NotFound if there is no such run
   */
  public Run run(String address) {
    return run(RunId.parse(address));
  }

  /**
   * A run.
   *
   * @throws NotFound if there is no such run
   */
  public Run run(RunId id) {
    return new Run(reader, reader.runs().getRun(id));
  }

  /**
   * The values that a step left behind in each of these runs, in their order, read together: two
   * questions to the catalog, however many runs there are. A run whose step left none is left out.
   *
   * @param step of one task
   */
  public <T> Map<RunId, T> artifacts(Collection<Run> runs, String step, Class<T> type) {
    Name name = Name.of(step);
    List<TaskId> tasks =
        runs.stream().map(run -> run.id().step(name).task(IndexPath.NONE)).distinct().toList();
    Map<TaskId, Output> outputs = reader.runs().outputsOf(tasks);
    Reader together = reader.with(outputs.values());
    Map<RunId, T> values = new LinkedHashMap<>();
    for (TaskId task : tasks) {
      Optional.ofNullable(outputs.get(task))
          .ifPresent(
              output ->
                  values.put(task.run(), together.artifact(output, task.toString()).as(type)));
    }
    return values;
  }

  /** All models by name, read as the stream goes on. */
  public Stream<Model> models() {
    return Pages.stream(after -> reader.registry().listModels(PAGE, after))
        .map(model -> new Model(reader, model));
  }

  /**
   * A model.
   *
   * @throws NotFound if there is no such model
   */
  public Model model(String name) {
    return new Model(reader, reader.registry().getModel(Name.of(name)));
  }

  /**
   * How something came about.
   *
   * @param address as {@code colophon trace} takes it, such as {@code flight-delays@champion}
   */
  public Trace trace(String address) {
    Lineage lineage = lineage();
    return lineage.trace(lineage.find(address));
  }

  /**
   * All that came from something.
   *
   * @param address as {@link #trace} takes it
   */
  public Impact impact(String address) {
    Lineage lineage = lineage();
    return lineage.impact(lineage.find(address));
  }

  private Lineage lineage() {
    return new Lineage(reader.runs(), reader.registry());
  }
}
