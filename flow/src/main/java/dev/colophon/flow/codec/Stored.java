package dev.colophon.flow.codec;

import dev.colophon.core.Artifact;
import java.util.Optional;

/**
 * A value as it was stored: what {@link Codecs#encode} hands out and {@link Codecs#decode} takes.
 *
 * @param artifact its content
 * @param codec how it was written, such as {@code json} (docs/formats/codecs.md)
 * @param fileName last name of the path, for a value that was one
 */
public record Stored(Artifact artifact, String codec, Optional<String> fileName) {
  /** A value that was no path. */
  static Stored of(Artifact artifact, String codec) {
    return new Stored(artifact, codec, Optional.empty());
  }
}
