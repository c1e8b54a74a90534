package dev.colophon.flow.run;

import dev.colophon.core.Digest;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.RunPlace;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskKey.Given;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.codec.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the outcomes of tasks depend on, known once their inputs are. Confined to the thread of the
 * {@link RunSession}.
 */
final class TaskKeys {
  /** Among the parameters, of which none has such a name. */
  private static final String MODELS = "@branch";

  private final RunScope scope;
  private final IdentityHashMap<Handover.FannedList, Map<Integer, Digest>> elements =
      new IdentityHashMap<>();

  TaskKeys(RunScope scope) {
    this.scope = scope;
  }

  /** The key of a task; empty if its step does not reuse. */
  Optional<TaskKey> key(TaskNode task, List<Handover> handovers) {
    return Optional.ofNullable(scope.codes().get(task.id().step()))
        .filter(StepCode::hasKeys)
        .map(code -> key(task, handovers, code));
  }

  private TaskKey key(TaskNode task, List<Handover> handovers, StepCode code) {
    SortedMap<String, Given> inputs = new TreeMap<>();
    SortedMap<String, Json> parameters = new TreeMap<>();
    SortedMap<String, Digest> own = new TreeMap<>();
    Optional<Long> seed = Optional.empty();
    code.print().parameters().forEach(name -> parameters.put(name, parameter(name)));
    for (Handover handover : handovers) {
      switch (handover) {
        case Handover.Fixed(String argument, Object value) ->
            parameters.put(argument, parameter(argument));
        case Handover.Element element -> own.put(element.argument(), element(element));
        case Handover.One one -> inputs.put(one.argument(), given(one.producer()));
        case Handover.Many many ->
            inputs.put(
                many.argument(), joined(many.producers().stream().map(TaskKeys::given).toList()));
        case Handover.Files files -> inputs.put(files.argument(), given(files));
        case Handover.Confided secret -> {} // its name is part of the step's fingerprint
        case Handover.Context() -> {}
        case Handover.Random() -> seed = Optional.of(TaskSeed.seed(scope.run().seed(), task.id()));
      }
    }
    if (task.step().node().result().is(NewVersion.class)) {
      models().ifPresent(branch -> parameters.put(MODELS, Json.of(branch)));
    }
    return new TaskKey(
        code.print().digest(),
        Runtime.version().feature(),
        inputs,
        parameters,
        own,
        seed,
        code.print().asksAsOf() ? Optional.of(scope.run().asOf()) : Optional.empty());
  }

  /** The branch whose own names its models get; a version there stands for none elsewhere. */
  private Optional<String> models() {
    RunPlace place = scope.run().place();
    return place.project().isPresent() && !place.isProduction() ? place.branch() : Optional.empty();
  }

  private Json parameter(String name) {
    return Optional.ofNullable(scope.parameters().recorded().get(name)).orElseThrow();
  }

  private static Given given(TaskNode producer) {
    Stored stored = producer.stored();
    return new Given(stored.artifact().digest(), stored.fileName(), Optional.empty());
  }

  private static Given given(Handover.Files files) {
    List<Given> given =
        files.files().stream().map(RunScope.CapturedFile::dataset).map(TaskKeys::given).toList();
    return files.many() ? joined(given) : given.getFirst();
  }

  private static Given given(Dataset dataset) {
    String name = dataset.name();
    return new Given(
        dataset.artifact().digest(),
        Optional.of(name.substring(name.lastIndexOf('/') + 1)),
        Optional.empty());
  }

  /** Several artifacts, in order, as one. */
  private static Given joined(List<Given> given) {
    List<Json> all = new ArrayList<>();
    for (Given one : given) {
      Json.Builder json = Json.object().put("content", one.content().hex());
      all.add(json.putIfPresent("fileName", one.fileName()).build());
    }
    return new Given(
        Digest.of(Json.of(all).canonical()), Optional.empty(), Optional.of((long) given.size()));
  }

  private Digest element(Handover.Element element) {
    return elements
        .computeIfAbsent(element.list(), list -> new HashMap<>())
        .computeIfAbsent(element.index(), index -> digest(element.list(), index));
  }

  private Digest digest(Handover.FannedList list, int index) {
    try {
      Stored stored =
          scope
              .contents()
              .codecs()
              .encode(
                  list.elementType(),
                  list.elements().get(index),
                  new TaskContents(scope.contents()));
      Digest content = stored.artifact().digest();
      return stored.fileName().map(name -> Digest.of(content.hex() + "/" + name)).orElse(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
