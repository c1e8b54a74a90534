package dev.colophon.cli;

import dev.colophon.cli.frame.Show;
import dev.colophon.core.Artifact;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.embedded.Colophon;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Component;
import dev.colophon.flow.codec.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a step of a run left behind, or a part of it, for a listing of runs.
 *
 * @param value as JSON, if it is small enough to be shown
 */
record StepValue(Stored stored, Optional<Json> value) {
  private static final String JSON = "json";
  private static final String TEXT = "text";

  /** Of each of the runs whose step has one; the step is one without dimensions. */
  static Map<RunId, StepValue> of(List<RunRecord> runs, String what, Colophon colophon) {
    int dot = what.indexOf('.');
    String step = dot < 0 ? what : what.substring(0, dot);
    Optional<String> path = dot < 0 ? Optional.empty() : Optional.of(what.substring(dot + 1));
    if (!Name.isValid(step)) {
      throw new Invalid(
          "--artifact \"%s\": expected STEP or STEP.COMPONENT, such as best.auc".formatted(what));
    }
    List<TaskId> tasks =
        runs.stream().map(run -> run.id().step(Name.of(step)).task(IndexPath.NONE)).toList();
    Map<RunId, StepValue> values = new HashMap<>();
    colophon
        .runs()
        .outputsOf(tasks)
        .forEach(
            (task, output) ->
                read(output, path, colophon).ifPresent(value -> values.put(task.run(), value)));
    return values;
  }

  private static Optional<StepValue> read(Output output, Optional<String> path, Colophon colophon) {
    Stored stored = new Stored(output.artifact(), output.codec(), output.fileName());
    try {
      if (path.isEmpty()) {
        return Optional.of(new StepValue(stored, whole(stored, colophon)));
      }
      return Optional.of(
          switch (new Codecs().component(stored, path.get(), colophon.artifacts())) {
            case Component.Content(Stored part) -> new StepValue(part, whole(part, colophon));
            case Component.Value(String json) ->
                new StepValue(stored, Optional.of(Json.parse(json)));
          });
    } catch (NotFound e) {
      return Optional.empty(); // another version of the step returned something else
    } catch (IOException e) {
      throw new Unavailable(
          "artifact %s: can't be read (%s); look after the disk, then try again"
              .formatted(stored.artifact().digest(), IoReason.of(e)),
          e);
    }
  }

  private static Optional<Json> whole(Stored stored, Colophon colophon) {
    boolean small =
        stored.artifact() instanceof Artifact.Blob
            && stored.artifact().sizeBytes() <= TaskEnd.INLINE_LIMIT_BYTES;
    if (!small || !(stored.codec().equals(JSON) || stored.codec().equals(TEXT))) {
      return Optional.empty();
    }
    byte[] bytes = colophon.artifacts().bytes(stored.artifact().digest());
    return Optional.of(
        stored.codec().equals(JSON)
            ? Json.parse(bytes)
            : Json.of(new String(bytes, StandardCharsets.UTF_8)));
  }

  /** Digest, size and kind, how it is written, and the value. */
  Json json() {
    Json.Builder json = ModelJson.artifact(stored.artifact()).put("codec", stored.codec());
    value.ifPresent(known -> json.put("value", known));
    return json.build();
  }

  String text() {
    return value
        .map(Show::value)
        .orElseGet(
            () -> "%s of %s".formatted(Show.bytes(stored.artifact().sizeBytes()), stored.codec()));
  }
}
