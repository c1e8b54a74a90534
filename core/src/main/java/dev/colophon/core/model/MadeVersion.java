package dev.colophon.core.model;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.json.Json;
import java.nio.charset.StandardCharsets;

/**
 * The value that a step which registers a model hands downstream, and how it is stored: the
 * canonical JSON {@code {"digest":…,"model":…,"version":…}}.
 *
 * @param digest of the model's bytes
 */
public record MadeVersion(VersionId id, Digest digest) {
  /** Name of the codec (docs/formats.md, "codecs"). */
  public static final String CODEC = "version";

  /** Canonical bytes. */
  public byte[] bytes() {
    return Json.object()
        .put("digest", digest.hex())
        .put("model", id.model().text())
        .put("version", id.number())
        .build()
        .canonical()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The artifact that {@link #bytes} are. */
  public Artifact.Blob artifact() {
    byte[] bytes = bytes();
    return new Artifact.Blob(Digest.of(bytes), bytes.length);
  }
}
