package dev.colophon.core.lineage;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * What was made from something.
 *
 * @param of what was asked for, as text
 * @param digests the content that the walk started from, in order; of a model version, the model's
 * @param levels tasks by their distance: first those that read the content, then those that read
 *     what these left behind, and so on; each task once, in order
 * @param runs that the tasks belong to, without the run that was asked for
 * @param versions made by the tasks, or holding the content itself; never the one asked for
 */
public record Impact(
    String of,
    List<Digest> digests,
    List<List<Reached>> levels,
    List<RunId> runs,
    List<Version> versions) {
  /**
   * A task that was reached.
   *
   * @param digest of what it left behind
   */
  public record Reached(TaskId task, Optional<Digest> digest) {}

  /**
   * A model version that was reached.
   *
   * @param aliases that name it now
   */
  public record Version(VersionId id, List<Name> aliases) {
    public Version {
      aliases = List.copyOf(aliases);
    }
  }

  public Impact {
    digests = List.copyOf(digests);
    levels = levels.stream().map(List::copyOf).toList();
    runs = List.copyOf(runs);
    versions = List.copyOf(versions);
  }

  /** How many tasks were reached. */
  public int tasks() {
    return levels.stream().mapToInt(List::size).sum();
  }

  /** As a document (docs/formats/cli.md, "impact"). */
  public Json toJson() {
    return Json.object()
        .put("of", of)
        .put("digests", Json.ofStrings(digests.stream().map(Digest::hex).toList()))
        .put("levels", Json.of(levels.stream().map(Impact::level).toList()))
        .put("runs", Json.ofStrings(runs.stream().map(RunId::toString).toList()))
        .put("models", Json.of(versions.stream().map(Impact::toJson).toList()))
        .build();
  }

  private static Json level(List<Reached> level) {
    return Json.of(level.stream().map(Impact::toJson).toList());
  }

  private static Json toJson(Reached reached) {
    Json.Builder json = Json.object().put("task", reached.task().toString());
    reached.digest().ifPresent(digest -> json.put("digest", digest.hex()));
    return json.build();
  }

  private static Json toJson(Version version) {
    return Json.object()
        .put("name", version.id().model().text())
        .put("version", version.id().number())
        .put("aliases", Json.ofStrings(version.aliases().stream().map(Name::text).toList()))
        .build();
  }
}
