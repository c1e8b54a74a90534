package dev.colophon.flow.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
    byte[] content;
    try {
      content = Files.readAllBytes(path);
    } catch (IOException e) {
      return Optional.empty();
    }
    if (content.length < HEADER_BYTES) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(content, HEADER_BYTES, content.length);
    String header = new String(content, 0, HEADER_BYTES, StandardCharsets.ISO_8859_1);
    return header.equals(header(body))
        ? Optional.of(fields(new String(body, StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  /** Replaces the file. Does nothing if the folder can't be written: the next run is slower. */
  public void write(List<String> fields) {
    byte[] body = (String.join("\0", fields) + "\0").getBytes(StandardCharsets.UTF_8);
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "cache", ".tmp");
      try {
        byte[] header = header(body).getBytes(StandardCharsets.ISO_8859_1);
        byte[] content = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, content, header.length, body.length);
        Files.write(draft, content);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      // a read-only or full home must not break a run, and a cache is only a shortcut
      return;
    }
  }

  private static String header(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return VERSION + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
  }

  private static List<String> fields(String body) {
    String[] fields = body.split("\0", -1);
    return List.of(fields).subList(0, fields.length - 1);
  }
}
