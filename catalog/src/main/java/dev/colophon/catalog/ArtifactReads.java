package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog.CapturedDataset;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Artifacts and the edges between them and tasks. Questions about many come as one JSON array, in
 * one statement.
 */
final class ArtifactReads {
  private static final int DIGITS = 64;

  private static final String FIND =
      "SELECT digest, kind, size_bytes FROM artifacts WHERE digest = ?";
  private static final String DIGESTS =
      "SELECT digest FROM artifacts WHERE digest BETWEEN ? AND ? ORDER BY digest LIMIT ?";
  private static final String INLINE =
      """
      SELECT a.digest, a.content
      FROM json_each(?) asked CROSS JOIN artifacts a ON a.digest = unhex(asked.value)
      WHERE a.content IS NOT NULL\
      """;
  private static final String MAKERS =
      """
      SELECT n.flow, n.number, n.step, n.index_path
      FROM outputs o JOIN attempts a ON a.task_id = o.task_id AND a.state = 'completed'
        JOIN task_names n ON n.id = o.task_id
      WHERE o.digest = ? ORDER BY a.ended_at, o.task_id\
      """;
  private static final String READERS =
      """
      SELECT DISTINCT i.digest, i.task_id, n.flow, n.number, n.step, n.index_path
      FROM json_each(?) asked CROSS JOIN inputs i ON i.digest = unhex(asked.value)
        JOIN task_names n ON n.id = i.task_id
      ORDER BY i.task_id\
      """;
  private static final String OUTPUTS =
      """
      SELECT asked.key AS ordinal, o.digest, o.codec, o.file_name, a.kind, a.size_bytes,
        m.name AS model, v.number AS version
      FROM json_each(?) asked
        CROSS JOIN runs r ON r.flow = asked.value ->> 0 AND r.number = asked.value ->> 1
        CROSS JOIN steps s ON s.run_id = r.id AND s.name = asked.value ->> 2
        CROSS JOIN tasks t ON t.step_id = s.id AND t.index_path = asked.value ->> 3
        JOIN outputs o ON o.task_id = t.id JOIN artifacts a ON a.digest = o.digest
        LEFT JOIN versions v ON v.id = o.version_id LEFT JOIN models m ON m.id = v.model_id\
      """;
  private static final String DATASETS =
      """
      SELECT r.flow, r.number, d.name, d.digest, d.location, d.captured_at, a.kind, a.size_bytes
      FROM datasets d JOIN runs r ON r.id = d.run_id JOIN artifacts a ON a.digest = d.digest
      WHERE d.digest = ? OR d.name = ?
      ORDER BY d.captured_at DESC, d.run_id DESC, d.position\
      """;

  private ArtifactReads() {}

  static Optional<Artifact> find(Session session, Digest digest) throws SQLException {
    return session.first(FIND, Row::artifact, digest);
  }

  static List<Digest> digests(Session session, String prefix, int limit) throws SQLException {
    if (!prefix.matches("[0-9a-f]{0,64}") || limit < 0) {
      throw new Invalid(
          "digest prefix \"%s\", limit %d: expected up to 64 lower-case hexadecimal digits and 0 or more"
              .formatted(prefix, limit));
    }
    int missing = DIGITS - prefix.length();
    return session.list(
        DIGESTS,
        row -> row.digest("digest"),
        HexFormat.of().parseHex(prefix + "0".repeat(missing)),
        HexFormat.of().parseHex(prefix + "f".repeat(missing)),
        limit);
  }

  static Map<Digest, byte[]> inline(Session session, Collection<Digest> digests)
      throws SQLException {
    String asked =
        Json.ofStrings(digests.stream().distinct().map(Digest::hex).toList()).canonical();
    Map<Digest, byte[]> contents = new LinkedHashMap<>();
    for (Content content :
        session.list(
            INLINE, row -> new Content(row.digest("digest"), row.bytes("content")), asked)) {
      Digest found = Digest.of(content.bytes());
      if (!found.equals(content.digest())) {
        throw new Corrupt(
            "inline content %s: its bytes have digest %s; run the task again"
                .formatted(content.digest(), found));
      }
      contents.put(content.digest(), content.bytes());
    }
    return contents;
  }

  /** Content that the catalog keeps. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  private record Content(Digest digest, byte[] bytes) {}

  static List<TaskId> makers(Session session, Digest artifact) throws SQLException {
    return session.list(MAKERS, Row::task, artifact);
  }

  /** An edge. */
  private record Read(Digest artifact, TaskId task) {}

  static Map<Digest, List<TaskId>> readers(Session session, Collection<Digest> artifacts)
      throws SQLException {
    String asked =
        Json.ofStrings(artifacts.stream().distinct().map(Digest::hex).toList()).canonical();
    Map<Digest, List<TaskId>> readers = new LinkedHashMap<>();
    for (Read read :
        session.list(READERS, row -> new Read(row.digest("digest"), row.task()), asked)) {
      readers.computeIfAbsent(read.artifact(), digest -> new ArrayList<>()).add(read.task());
    }
    return readers;
  }

  /** An output and the place of its task in the question. */
  private record Answer(int ordinal, Output output) {}

  static Map<TaskId, Output> outputs(Session session, List<TaskId> tasks) throws SQLException {
    String asked = Json.of(tasks.stream().map(task -> Json.of(address(task))).toList()).canonical();
    Map<TaskId, Output> outputs = new LinkedHashMap<>();
    for (Answer answer :
        session.list(
            OUTPUTS,
            row -> new Answer(row.smallNumber("ordinal"), GraphReads.output(row)),
            asked)) {
      outputs.put(tasks.get(answer.ordinal()), answer.output());
    }
    return outputs;
  }

  /** Flow, number, step and index path. */
  static List<Json> address(TaskId task) {
    return List.of(
        Json.of(task.run().flow().text()),
        Json.of(task.run().number()),
        Json.of(task.step().text()),
        Json.of(task.index().toString()));
  }

  static List<CapturedDataset> datasets(
      Session session, Optional<Digest> digest, Optional<String> name) throws SQLException {
    return session.list(
        DATASETS, row -> new CapturedDataset(row.run(), GraphReads.dataset(row)), digest, name);
  }
}
