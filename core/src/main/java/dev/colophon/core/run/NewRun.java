package dev.colophon.core.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.CodeVersion.GitState;
import dev.colophon.core.code.Environment;
import dev.colophon.core.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is known of a run when it starts; the number is given by the {@link RunLog}.
 *
 * @param parameters value of each parameter, defaults included, as canonical JSON
 * @param code what is executed; its digest is taken from its canonical JSON
 * @param seed from which each task's random generator derives its own
 * @param asOf the moment that the flow's steps take for now
 * @param by name of the person's account
 * @param steps the graph, in an order in which no step comes before one that it reads
 * @param datasets captured inputs
 * @param inline small content that the record names, such as fingerprints, by digest
 * @param project the line of work that it belongs to; empty for a flow that belongs to none
 */
public record NewRun(
    Name flow,
    SortedMap<String, Json> parameters,
    List<Name> tags,
    CodeVersion code,
    Environment environment,
    long seed,
    Instant asOf,
    Instant startedAt,
    String by,
    Runner runner,
    List<StepRecord> steps,
    List<Dataset> datasets,
    Map<Digest, byte[]> inline,
    Optional<ProjectBranch> project) {
  public NewRun {
    inline = Map.copyOf(inline);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    tags = List.copyOf(tags);
    steps = List.copyOf(steps);
    datasets = List.copyOf(datasets);
  }

  /** A run whose record names no small content of its own. */
  public NewRun(
      Name flow,
      SortedMap<String, Json> parameters,
      List<Name> tags,
      CodeVersion code,
      Environment environment,
      long seed,
      Instant asOf,
      Instant startedAt,
      String by,
      Runner runner,
      List<StepRecord> steps,
      List<Dataset> datasets) {
    this(
        flow,
        parameters,
        tags,
        code,
        environment,
        seed,
        asOf,
        startedAt,
        by,
        runner,
        steps,
        datasets,
        Map.of());
  }

  /** A run of a flow that belongs to no project. */
  public NewRun(
      Name flow,
      SortedMap<String, Json> parameters,
      List<Name> tags,
      CodeVersion code,
      Environment environment,
      long seed,
      Instant asOf,
      Instant startedAt,
      String by,
      Runner runner,
      List<StepRecord> steps,
      List<Dataset> datasets,
      Map<Digest, byte[]> inline) {
    this(
        flow,
        parameters,
        tags,
        code,
        environment,
        seed,
        asOf,
        startedAt,
        by,
        runner,
        steps,
        datasets,
        inline,
        Optional.empty());
  }

  /** Where the run stands among others. */
  public RunPlace place() {
    Optional<String> own = project.map(line -> line.branch().text());
    return new RunPlace(
        project.map(ProjectBranch::project),
        own.or(() -> code.git().flatMap(GitState::branch)),
        code.git().flatMap(GitState::commit));
  }

  /** Digest under which the code version is kept. */
  public Digest codeDigest() {
    return code.digest();
  }
}
