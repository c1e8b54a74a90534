package dev.colophon.catalog;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Conflict;
import dev.colophon.core.run.RunLog.ProductionToken;
import java.sql.SQLException;
import java.util.Optional;

/** Tokens of production branches: each is appended, the last one of a project counts. */
final class TokenRows {
  private static final String FIND =
      """
      SELECT digest, made_at, made_by FROM project_tokens
      WHERE project = ? ORDER BY id DESC LIMIT 1\
      """;
  private static final String MAKE =
      "INSERT INTO project_tokens (project, digest, made_at, made_by) VALUES (?, ?, ?, ?)";

  private TokenRows() {}

  static Optional<ProductionToken> find(Session session, Name project) throws SQLException {
    return session.first(
        FIND,
        row ->
            new ProductionToken(row.digest("digest"), row.moment("made_at"), row.text("made_by")),
        project);
  }

  /**
   * @throws Conflict if another token counts than expected
   */
  static ProductionToken make(
      Session session, Name project, Optional<Digest> expected, ProductionToken token)
      throws SQLException {
    Optional<ProductionToken> found = find(session, project);
    if (!found.map(ProductionToken::digest).equals(expected)) {
      throw new Conflict(
          "project %s: its token was made by %s meanwhile; ask for it, and try again"
              .formatted(project, found.map(ProductionToken::by).orElse("nobody")));
    }
    session.update(MAKE, project, token.digest(), token.at(), token.by());
    return token;
  }
}
