package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.json.Json;
import dev.colophon.core.lineage.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run would do with a step.
 *
 * @param dependsOn the step whose output decides; present exactly if the verdict is DEPENDS
 * @param tasks how many it has; empty if a list that it is fanned out over isn't known yet
 * @param reused how many of them take an outcome for certain
 * @param toRun how many of them run for certain
 * @param causes why they run, each once
 */
public record StepForecast(
    Name step,
    Verdict verdict,
    Optional<Name> dependsOn,
    OptionalInt tasks,
    int reused,
    int toRun,
    List<Cause> causes) {
  /** What is known before anything runs. */
  public enum Verdict {
    /** All of its tasks take an outcome. */
    REUSE,
    /** At least one of its tasks runs. */
    RUN,
    /** What it does depends on what another step will leave behind. */
    DEPENDS
  }

  public StepForecast {
    causes = List.copyOf(causes);
  }

  /** As docs/formats/cli.md says, "plan". */
  public Json toJson() {
    Json.Builder json =
        Json.object()
            .put("step", step.text())
            .put("verdict", verdict.name().toLowerCase(Locale.ROOT))
            .putIfPresent("dependsOn", dependsOn.map(Name::text));
    tasks.ifPresent(number -> json.put("tasks", number));
    return json.put("reused", reused)
        .put("toRun", toRun)
        .put("causes", Cause.toJson(causes))
        .build();
  }
}
