package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.StepRecord;
import dev.colophon.core.run.TaskRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Component;
import dev.colophon.flow.codec.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which elements of the lists that steps are fanned out over their tasks had, and which parameters
 * steps were given. Nothing is recorded for it: a list is a parameter of the run, or what a task
 * left behind, and the index of a task says which element. Not thread-safe.
 */
final class Elements {
  /** Largest list that is read as a whole, in bytes. */
  private static final int MOST_BYTES = 16_000_000;

  /** How often an element is looked up in a list that can't be read as a whole. */
  private static final int MOST_LOOKUPS = 500;

  private final RunGraph graph;
  private final Colophon colophon;
  private final Map<Name, StepRecord> steps = new HashMap<>();
  private final Map<TaskId, TaskRecord> tasks = new HashMap<>();
  private final Map<TaskId, List<Json>> lists = new HashMap<>();
  private int lookups;

  /**
   * An element of a list.
   *
   * @param list name of the parameter or step that it is from
   * @param from the task that left the list behind; empty for a parameter
   * @param value absent if it is large, is no JSON, or can't be read
   * @param digest of an element that has content of its own, such as a file
   */
  record Element(
      String list,
      int index,
      Optional<TaskId> from,
      Optional<Json> value,
      Optional<Digest> digest) {
    Json json() {
      Json.Builder json = Json.object().put("list", list).put("index", index);
      json.putIfPresent("task", from.map(TaskId::toString));
      value.ifPresent(shown -> json.put("value", shown));
      return json.putIfPresent("digest", digest.map(Digest::hex)).build();
    }

    /** {@code months[2]}. */
    String place() {
      return list + "[" + index + "]";
    }

    /** The element itself, as far as it is known. */
    String text() {
      return value.map(Show::value).or(() -> digest.map(Show::digest)).orElse("");
    }
  }

  Elements(RunGraph graph, Colophon colophon) {
    this.graph = graph;
    this.colophon = colophon;
    graph.steps().forEach(step -> steps.put(step.name(), step));
    graph.tasks().forEach(task -> tasks.put(task.id(), task));
  }

  /** Of each list that the task's step is fanned out over, outermost first. */
  List<Element> of(TaskId task) {
    List<String> dimensions = dimensions(task.step());
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < dimensions.size() && i < task.index().indexes().size(); i++) {
      elements.add(element(dimensions.get(i), task.index().indexes().get(i), dimensions, task));
    }
    return elements;
  }

  /** Values of the parameters that a step names, without those that it is fanned out over. */
  SortedMap<String, Json> parameters(Name step) {
    SortedMap<String, Json> named = new TreeMap<>(graph.run().parameters());
    named
        .keySet()
        .retainAll(Optional.ofNullable(steps.get(step)).map(StepRecord::reads).orElse(List.of()));
    named.keySet().removeAll(dimensions(step));
    return named;
  }

  private List<String> dimensions(Name step) {
    return Optional.ofNullable(steps.get(step)).map(StepRecord::dimensions).orElse(List.of());
  }

  private Element element(String list, int index, List<String> dimensions, TaskId task) {
    if (!Name.isValid(list) || !steps.containsKey(Name.of(list))) {
      return new Element(
          list,
          index,
          Optional.empty(),
          Optional.ofNullable(graph.run().parameters().get(list))
              .flatMap(values -> at(values, index))
              .filter(Elements::isShort),
          Optional.empty());
    }
    TaskId from = listTask(Name.of(list), dimensions, task);
    Optional<Component> part =
        Optional.ofNullable(tasks.get(from))
            .flatMap(TaskRecord::output)
            .flatMap(output -> part(from, output, index));
    return new Element(
        list,
        index,
        Optional.of(from),
        part.filter(Component.Value.class::isInstance)
            .map(value -> Json.parse(((Component.Value) value).json()))
            .filter(Elements::isShort),
        part.filter(Component.Content.class::isInstance)
            .map(content -> ((Component.Content) content).stored().artifact().digest()));
  }

  /** The task whose list it is: at the same place in those dimensions that it has itself. */
  private TaskId listTask(Name list, List<String> dimensions, TaskId task) {
    List<Integer> own =
        dimensions(list).stream()
            .filter(dimensions::contains)
            .map(name -> task.index().indexes().get(dimensions.indexOf(name)))
            .toList();
    return task.run().step(list).task(new IndexPath(own));
  }

  private Optional<Component> part(TaskId from, Output output, int index) {
    try {
      if (output.codec().equals("json") && output.artifact().sizeBytes() <= MOST_BYTES) {
        List<Json> list =
            lists.computeIfAbsent(
                from,
                task ->
                    Json.parse(colophon.artifacts().bytes(output.artifact().digest())).asList());
        return index < list.size()
            ? Optional.of(new Component.Value(list.get(index).canonical()))
            : Optional.empty();
      }
      if (lookups++ >= MOST_LOOKUPS) {
        return Optional.empty();
      }
      Stored stored = new Stored(output.artifact(), output.codec(), output.fileName());
      return Optional.of(new Codecs().component(stored, "[" + index + "]", colophon.artifacts()));
    } catch (IOException | Corrupt | Invalid | NotFound | Unavailable e) {
      return Optional.empty(); // a damaged list must not hide what is known of the task
    }
  }

  private static Optional<Json> at(Json list, int index) {
    return list instanceof Json.Arr(List<Json> items) && index < items.size()
        ? Optional.of(items.get(index))
        : Optional.empty();
  }

  private static boolean isShort(Json value) {
    return value.text().getBytes(StandardCharsets.UTF_8).length <= TaskView.PREVIEW_BYTES;
  }
}
