package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.ProjectBranch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person asks for when running a flow, with all that was captured before any step runs.
 *
 * @param parameters values as bound by {@link ParamBinder}
 * @param workers most tasks whose step bodies run at once, 1 or more
 * @param seed from which every task's random generator derives its own
 * @param asOf what the steps take for now; by default the run's start
 * @param by account of the person
 * @param datasets captured files of each {@code @Input} pattern, in name order
 * @param codes of the steps, by name; outcomes of a step without one are not reused
 * @param project the line of work that the run belongs to
 * @param secrets that the steps ask for
 */
public record RunRequest(
    BoundParams parameters,
    List<Name> tags,
    int workers,
    long seed,
    Optional<Instant> asOf,
    String by,
    CodeVersion code,
    Environment environment,
    Map<String, List<Dataset>> datasets,
    Map<Name, StepCode> codes,
    Optional<ProjectBranch> project,
    GivenSecrets secrets) {
  public RunRequest {
    tags = List.copyOf(tags);
    datasets = Map.copyOf(datasets);
    codes = Map.copyOf(codes);
    if (workers < 1) {
      throw new Invalid("--workers %d: expected 1 or more".formatted(workers));
    }
  }

  /** For a flow that belongs to no project and asks for no secrets. */
  public RunRequest(
      BoundParams parameters,
      List<Name> tags,
      int workers,
      long seed,
      Optional<Instant> asOf,
      String by,
      CodeVersion code,
      Environment environment,
      Map<String, List<Dataset>> datasets,
      Map<Name, StepCode> codes) {
    this(
        parameters,
        tags,
        workers,
        seed,
        asOf,
        by,
        code,
        environment,
        datasets,
        codes,
        Optional.empty(),
        GivenSecrets.NONE);
  }
}
