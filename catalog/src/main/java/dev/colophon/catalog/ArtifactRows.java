package dev.colophon.catalog;

import dev.colophon.core.Artifact;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Writes artifacts, each digest once; content that comes later fills in what was only named before.
 */
final class ArtifactRows {
  private static final String ADD =
      """
      INSERT INTO artifacts (digest, kind, size_bytes, content) VALUES (?, ?, ?, ?)
      ON CONFLICT (digest) DO UPDATE SET content = excluded.content
      WHERE content IS NULL AND excluded.content IS NOT NULL\
      """;

  private final Session session;

  ArtifactRows(Session session) {
    this.session = session;
  }

  void add(Artifact artifact, Optional<byte[]> content) throws SQLException {
    String kind =
        switch (artifact) {
          case Artifact.Blob blob -> "blob";
          case Artifact.Tree tree -> "tree";
        };
    session.later(ADD, artifact.digest(), kind, artifact.sizeBytes(), content);
  }

  void flush() throws SQLException {
    session.flush(ADD);
  }
}
