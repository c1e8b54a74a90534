package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.Registry;
import dev.colophon.core.model.VersionRecord;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The registry in SQL. Safe for use by several threads. */
final class SqlRegistry implements Registry {
  private static final String MODEL_ID =
      """
      SELECT m.id FROM models m JOIN versions v ON v.model_id = m.id
      WHERE m.name = ? AND v.number = ?\
      """;
  private static final String MOVE =
      """
      INSERT INTO alias_moves (model_id, alias, from_number, to_number, moved_at, moved_by, why)
      VALUES (?, ?, ?, ?, ?, ?, ?)\
      """;

  private final CatalogDatabase database;

  SqlRegistry(CatalogDatabase database) {
    this.database = database;
  }

  @Override
  public Page<ModelRecord> listModels(int limit, Optional<String> after) {
    return database.read(session -> VersionReads.models(session, limit, after));
  }

  @Override
  public Optional<ModelRecord> findModel(Name model) {
    return database.read(session -> VersionReads.findModel(session, model));
  }

  @Override
  public List<VersionRecord> listVersions(Name model, int limit, OptionalInt below) {
    return database.read(session -> VersionReads.versions(session, model, limit, below));
  }

  @Override
  public Optional<VersionRecord> findVersion(VersionId version) {
    return database.read(session -> VersionReads.findVersion(session, version));
  }

  @Override
  public Optional<VersionId> findAlias(AliasId alias) {
    return database
        .read(session -> VersionReads.lastMove(session, alias))
        .map(move -> new VersionId(alias.model(), move.to()));
  }

  @Override
  public List<VersionId> versionsOf(Collection<Digest> artifacts) {
    List<Digest> asked = List.copyOf(artifacts);
    return database.read(session -> VersionReads.ofArtifacts(session, asked));
  }

  @Override
  public AliasMove point(
      AliasId alias, int to, OptionalInt expected, Instant at, String by, String why) {
    VersionId version = new VersionId(alias.model(), to);
    return database.write(
        session -> {
          long modelId =
              session
                  .first(MODEL_ID, row -> row.number("id"), version.model(), version.number())
                  .orElseThrow(() -> noVersion(version));
          Optional<AliasMove> last = VersionReads.lastMove(session, alias);
          int found = last.map(AliasMove::to).orElse(0);
          if (expected.isPresent() && expected.getAsInt() != found) {
            throw moved(alias, expected.getAsInt(), found);
          }
          return found == to && last.isPresent()
              ? last.get()
              : append(session, modelId, new AliasMove(alias, from(found), to, at, by, why));
        });
  }

  private static OptionalInt from(int found) {
    return found == 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private static AliasMove append(Session session, long modelId, AliasMove move)
      throws SQLException {
    session.update(
        MOVE,
        modelId,
        move.alias().alias(),
        move.from(),
        move.to(),
        move.at(),
        move.by(),
        move.why());
    return move;
  }

  private static NotFound noVersion(VersionId version) {
    return new NotFound(
        "model version %s: no such version; \"colophon model show %s\" lists them"
            .formatted(version, version.model()));
  }

  private static Conflict moved(AliasId alias, int expected, int found) {
    return new Conflict(
        "alias \"%s\" of model \"%s\": expected %s, found %s; someone moved it, read it again"
            .formatted(alias.alias(), alias.model(), named(expected), named(found)));
  }

  private static String named(int version) {
    return version == 0 ? "none" : "version " + version;
  }

  @Override
  public List<AliasMove> history(Name model) {
    return database.read(session -> VersionReads.history(session, model));
  }
}
