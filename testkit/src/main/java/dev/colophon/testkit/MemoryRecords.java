package dev.colophon.testkit;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.VersionDraft;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.core.run.RunLog.ProductionToken;
import dev.colophon.core.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All that a {@link MemoryCatalog} knows. Whoever touches it holds its monitor. */
final class MemoryRecords {
  private final Map<RunId, MemoryRun> runs = new LinkedHashMap<>();
  private final NavigableMap<Digest, Artifact> artifacts = new TreeMap<>();
  private final Map<Digest, byte[]> inline = new HashMap<>();
  private final NavigableMap<Name, List<VersionRecord>> versions = new TreeMap<>();
  private final List<AliasMove> moves = new ArrayList<>();
  private final Map<Digest, RunId> claims = new HashMap<>();
  private final Map<Name, ProductionToken> tokens = new HashMap<>();

  /** In the order in which they started. */
  Map<RunId, MemoryRun> runs() {
    return runs;
  }

  NavigableMap<Digest, Artifact> artifacts() {
    return artifacts;
  }

  Map<Digest, byte[]> inline() {
    return inline;
  }

  /** Of each model, by number. */
  NavigableMap<Name, List<VersionRecord>> versions() {
    return versions;
  }

  /** Oldest first. */
  List<AliasMove> moves() {
    return moves;
  }

  /** Runs that compute the outcomes of keys. */
  Map<Digest, RunId> claims() {
    return claims;
  }

  /** Tokens of production branches that count now, by project. */
  Map<Name, ProductionToken> tokens() {
    return tokens;
  }

  /** The attempt that completed a task. */
  Optional<MemoryRun.Attempt> completed(TaskId task) {
    return Optional.ofNullable(runs.get(task.run())).stream()
        .flatMap(run -> Optional.ofNullable(run.tasks().get(task)).stream())
        .flatMap(attempts -> attempts.values().stream())
        .filter(attempt -> attempt.task().state() == RunState.COMPLETED)
        .findFirst();
  }

  MemoryRun run(RunId id) {
    return Optional.ofNullable(runs.get(id))
        .orElseThrow(() -> new NotFound("run %s: no such run".formatted(id)));
  }

  void keep(Artifact artifact) {
    artifacts.putIfAbsent(artifact.digest(), artifact);
  }

  void keep(Artifact artifact, byte[] content) {
    keep(artifact);
    inline.putIfAbsent(artifact.digest(), content.clone());
  }

  VersionRecord register(VersionDraft draft, TaskId task, Instant at, String by) {
    List<VersionRecord> known = versions.computeIfAbsent(draft.model(), model -> new ArrayList<>());
    VersionRecord version =
        new VersionRecord(
            new VersionId(draft.model(), known.size() + 1),
            draft.artifact(),
            draft.codec(),
            task,
            at,
            by,
            draft.description(),
            draft.metrics(),
            draft.tags());
    known.add(version);
    keep(draft.artifact());
    return version;
  }
}
