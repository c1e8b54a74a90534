package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** How whole values of one type become bytes and back. Immutable. */
sealed interface Codec
    permits ArrayCodec, BytesCodec, FilesCodec, PathCodec, StructureCodec, TextCodec {
  /** Names under which such values may have been stored (docs/formats/codecs.md). */
  Set<String> names();

  /**
   * Writes a value.
   *
   * @throws Invalid if it can't be stored
   */
  Stored encode(Object value, Contents contents) throws IOException;

  /**
   * Reads a value that was stored under one of the names.
   *
   * @param scratch where files and folders are placed
   * @throws Corrupt if the content is not what the codec wrote
   */
  Object decode(Stored stored, Contents contents, Path scratch) throws IOException;

  /** Whether a decoded value is immutable all the way down. */
  boolean isShareable();

  /** Whether {@link #decode} places anything in its scratch folder. */
  default boolean placesFiles() {
    return false;
  }
}
