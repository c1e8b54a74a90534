package dev.colophon.flow.code;

import dev.colophon.core.WholeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file that may be lost at any time: one line {@code colophon-cache 1 <CRC-32C of the
 * rest>}, then fields, each ended by a zero byte.
 *
 * <p>It appears whole or not at all, so that many processes may read and replace it at once; one
 * that is torn, of another version or unreadable counts as absent. Thread-safe.
 *
 * @param path where it lies; its folder is made when first written
 */
public record CacheFile(Path path) {
  private static final String VERSION = "colophon-cache 1 ";
  private static final int HEADER_BYTES = VERSION.length() + 9;

  /** The fields, or empty if there is no whole file. */
  public Optional<List<String>> read() {
    return readBytes().map(body -> fields(utf8(body)));
  }

  /** All after the first line, or empty if there is no whole file. */
  Optional<ByteBuffer> readBytes() {
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (content.length < HEADER_BYTES) {
      return Optional.empty();
    }
    String header = new String(content, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
    ByteBuffer body = ByteBuffer.wrap(content, HEADER_BYTES, content.length - HEADER_BYTES).slice();
    return header.equals(header(body)) ? Optional.of(body) : Optional.empty();
  }

  /** Replaces the file. Does nothing if the folder can't be written: the next run is slower. */
  public void write(List<String> fields) {
    writeBytes(text(fields).getBytes(StandardCharsets.UTF_8));
  }

  /** {@link #write}, of something else than fields. */
  void writeBytes(byte[] body) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      byte[] header = header(ByteBuffer.wrap(body)).getBytes(StandardCharsets.ISO_8859_1);
      byte[] content = Arrays.copyOf(header, header.length + body.length);
      System.arraycopy(body, 0, content, header.length, body.length);
      WholeFile.write(path, content);
    } catch (IOException e) {
      // a read-only or full home must not break a run, and a cache is only a shortcut
      return;
    }
  }

  private static String header(ByteBuffer body) {
    CRC32C crc = new CRC32C();
    crc.update(body.duplicate());
    return VERSION + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
  }

  /** Text up to the limit. A decoder would go through it character by character. */
  static String utf8(ByteBuffer bytes) {
    int from = bytes.arrayOffset() + bytes.position();
    return new String(bytes.array(), from, bytes.remaining(), StandardCharsets.UTF_8);
  }

  /** The fields, each ended by a zero character. */
  static String text(List<String> fields) {
    return String.join("\0", fields) + "\0";
  }

  /** What {@link #text} was made of. */
  static List<String> fields(String text) {
    String[] fields = text.split("\0", -1);
    return List.of(fields).subList(0, fields.length - 1);
  }
}
