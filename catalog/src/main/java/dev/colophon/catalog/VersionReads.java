package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.VersionRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Models, versions and aliases. */
final class VersionReads {
  private static final String MODELS =
      """
      SELECT m.id, m.name, first.created_at AS created_at, last.number AS latest,
        last.created_at AS latest_at
      FROM models m
        JOIN versions first ON first.model_id = m.id AND first.number = 1
        JOIN versions last ON last.model_id = m.id
          AND last.number = (SELECT max(number) FROM versions v WHERE v.model_id = m.id)
      """;
  private static final String MODEL = MODELS + "WHERE m.name = ?";
  private static final String MODELS_FROM = MODELS + "WHERE m.name > ? ORDER BY m.name LIMIT ?";
  private static final String ALIASES =
      """
      SELECT a.alias, a.to_number FROM alias_moves a
      WHERE a.model_id = ? AND a.id = (
        SELECT max(b.id) FROM alias_moves b WHERE b.model_id = a.model_id AND b.alias = a.alias)\
      """;
  private static final String VERSIONS =
      """
      SELECT m.name AS model, v.number AS version, v.digest, v.codec, v.created_at, v.created_by,
        v.description, v.metrics, v.tags, a.kind, a.size_bytes, n.flow, n.number, n.step,
        n.index_path
      FROM models m JOIN versions v ON v.model_id = m.id JOIN artifacts a ON a.digest = v.digest
        JOIN task_names n ON n.id = v.task_id
      """;
  private static final String VERSION = VERSIONS + "WHERE m.name = ? AND v.number = ?";
  private static final String VERSIONS_BELOW =
      VERSIONS + "WHERE m.name = ? AND v.number < ? ORDER BY v.number DESC LIMIT ?";
  private static final String OF_ARTIFACTS =
      """
      SELECT m.name AS model, v.number AS version
      FROM json_each(?) asked CROSS JOIN versions v ON v.digest = unhex(asked.value)
        JOIN models m ON m.id = v.model_id
      ORDER BY m.name, v.number\
      """;
  private static final String HISTORY =
      """
      SELECT m.name AS model, a.alias, a.from_number, a.to_number, a.moved_at, a.moved_by, a.why
      FROM models m JOIN alias_moves a ON a.model_id = m.id
      """;
  private static final String ALL_MOVES = HISTORY + "WHERE m.name = ? ORDER BY a.id DESC";
  private static final String LAST_MOVE =
      HISTORY + "WHERE m.name = ? AND a.alias = ? ORDER BY a.id DESC LIMIT 1";

  private VersionReads() {}

  /** Of the columns {@code model} and {@code version}, both NULL if there is none. */
  static Optional<VersionId> findId(Row row) throws SQLException {
    Optional<String> model = row.findText("model");
    return model.isPresent() ? Optional.of(id(row)) : Optional.empty();
  }

  private static VersionId id(Row row) throws SQLException {
    return new VersionId(row.name("model"), row.smallNumber("version"));
  }

  /** A model without its aliases. */
  private record Bare(long id, ModelRecord model) {}

  static Optional<ModelRecord> findModel(Session session, Name model) throws SQLException {
    Optional<Bare> bare = session.first(MODEL, VersionReads::bare, model);
    return bare.isPresent() ? Optional.of(complete(session, bare.get())) : Optional.empty();
  }

  static Page<ModelRecord> models(Session session, int limit, Optional<String> after)
      throws SQLException {
    checkLimit(limit);
    List<Bare> found =
        session.list(MODELS_FROM, VersionReads::bare, after.orElse(""), Math.addExact(limit, 1));
    boolean more = found.size() > limit;
    List<ModelRecord> models = new ArrayList<>();
    for (Bare bare : more ? found.subList(0, limit) : found) {
      models.add(complete(session, bare));
    }
    return new Page<>(
        models, more ? Optional.of(models.getLast().name().text()) : Optional.empty());
  }

  private static void checkLimit(int limit) {
    if (limit < 1 || limit == Integer.MAX_VALUE) {
      throw new Invalid("limit %d: expected 1 or more".formatted(limit));
    }
  }

  private static Bare bare(Row row) throws SQLException {
    return new Bare(
        row.number("id"),
        new ModelRecord(
            row.name("name"),
            row.moment("created_at"),
            row.smallNumber("latest"),
            row.moment("latest_at"),
            new TreeMap<>()));
  }

  private static ModelRecord complete(Session session, Bare bare) throws SQLException {
    SortedMap<Name, Integer> aliases = new TreeMap<>();
    session.list(
        ALIASES,
        row -> aliases.put(row.name("alias"), row.smallNumber("to_number")) == null,
        bare.id());
    ModelRecord model = bare.model();
    return new ModelRecord(
        model.name(), model.createdAt(), model.latest(), model.latestAt(), aliases);
  }

  static List<VersionRecord> versions(Session session, Name model, int limit, OptionalInt below)
      throws SQLException {
    checkLimit(limit);
    return session.list(
        VERSIONS_BELOW, VersionReads::version, model, below.orElse(Integer.MAX_VALUE), limit);
  }

  static Optional<VersionRecord> findVersion(Session session, VersionId version)
      throws SQLException {
    return session.first(VERSION, VersionReads::version, version.model(), version.number());
  }

  private static VersionRecord version(Row row) throws SQLException {
    SortedMap<String, Double> metrics = new TreeMap<>();
    Json.parse(row.text("metrics"))
        .asObject()
        .members()
        .forEach((name, value) -> metrics.put(name, value.asDouble()));
    SortedMap<String, String> tags = new TreeMap<>();
    Json.parse(row.text("tags"))
        .asObject()
        .members()
        .forEach((name, value) -> tags.put(name, value.asString()));
    return new VersionRecord(
        id(row),
        row.artifact(),
        row.text("codec"),
        row.task(),
        row.moment("created_at"),
        row.text("created_by"),
        row.findText("description"),
        metrics,
        tags);
  }

  static List<VersionId> ofArtifacts(Session session, Collection<Digest> artifacts)
      throws SQLException {
    String asked =
        Json.ofStrings(artifacts.stream().distinct().map(Digest::hex).toList()).canonical();
    return session.list(OF_ARTIFACTS, VersionReads::id, asked);
  }

  static Optional<AliasMove> lastMove(Session session, AliasId alias) throws SQLException {
    return session.first(LAST_MOVE, VersionReads::move, alias.model(), alias.alias());
  }

  static List<AliasMove> history(Session session, Name model) throws SQLException {
    return session.list(ALL_MOVES, VersionReads::move, model);
  }

  private static AliasMove move(Row row) throws SQLException {
    return new AliasMove(
        new AliasId(row.name("model"), row.name("alias")),
        row.findSmallNumber("from_number"),
        row.smallNumber("to_number"),
        row.moment("moved_at"),
        row.text("moved_by"),
        row.text("why"));
  }
}
