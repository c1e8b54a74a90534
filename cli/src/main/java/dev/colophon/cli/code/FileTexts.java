package dev.colophon.cli.code;

import dev.colophon.cli.code.SourceTree.File;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files as lines of text. Each is read once. Not thread-safe. */
final class FileTexts {
  /** A larger file is treated as one that is no text, in bytes. */
  private static final long LARGEST = 16L << 20;

  private final ArtifactStore store;
  private final Map<Digest, Optional<List<String>>> read = new HashMap<>();

  FileTexts(ArtifactStore store) {
    this.store = store;
  }

  /**
   * Its lines with their line ends, of which the last may have none; empty for what is no text:
   * bytes with a zero, or that are not UTF-8.
   */
  Optional<List<String>> lines(File file) {
    if (file.blob().sizeBytes() > LARGEST) {
      return Optional.empty();
    }
    return read.computeIfAbsent(file.blob().digest(), this::read);
  }

  private Optional<List<String>> read(Digest digest) {
    try (InputStream in = store.open(digest)) {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
      return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(split(text));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new Unavailable(
          "source %s: can't be read (%s); look after the disk, then try again"
              .formatted(digest, IoReason.of(e)),
          e);
    }
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from) + 1;
      int to = end == 0 ? text.length() : end;
      lines.add(text.substring(from, to));
      from = to;
    }
    return lines;
  }
}
