package dev.colophon.core.lineage;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * Why a task ran, or did not have to.
 *
 * @param reused whether it took the outcome of another
 * @param comparedWith the origin of a reused outcome; else the task at the same place of the newest
 *     earlier run that completed it
 * @param causes why it ran; none of a reused one
 */
public record Explanation(
    TaskId task, boolean reused, Optional<TaskId> comparedWith, List<Cause> causes) {
  public Explanation {
    causes = List.copyOf(causes);
  }

  /** As docs/formats/cli.md says, "why". */
  public Json toJson() {
    return Json.object()
        .put("task", task.toString())
        .put("verdict", reused ? "reused" : "ran")
        .put(
            "comparedWith",
            comparedWith.<Json>map(other -> Json.of(other.toString())).orElseGet(Json.Null::new))
        .put("causes", Cause.toJson(causes))
        .build();
  }
}
