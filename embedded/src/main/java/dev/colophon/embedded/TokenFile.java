package dev.colophon.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.colophon.core.Name;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens that an account has shown, in a file of its own that nobody else can read: a line {@code
 * PROJECT<tab>HOME<tab>TOKEN} each (docs/formats/home.md).
 *
 * @param file such as {@code ~/.config/colophon/tokens}
 * @param home whose projects are meant
 */
public record TokenFile(Path file, Home home) {
  private static final String OWNER_ONLY = "rwx------";

  /** That of the account: below {@code XDG_CONFIG_HOME}, else below {@code .config}. */
  public static TokenFile of(Map<String, String> environment, Path personFolder, Home home) {
    Path folder =
        Optional.ofNullable(environment.get("XDG_CONFIG_HOME"))
            .filter(text -> !text.isEmpty())
            .map(Path::of)
            .orElseGet(() -> personFolder.resolve(".config"));
    return new TokenFile(folder.resolve("colophon").resolve("tokens"), home);
  }

  /** The token of a project that was shown last. */
  public Optional<String> find(Name project) {
    String beginning = beginning(project);
    return lines().stream()
        .filter(line -> line.startsWith(beginning))
        .map(line -> line.substring(beginning.length()))
        .findFirst();
  }

  /**
   * Keeps a token in place of the one before.
   *
   * @throws Unavailable if the file can't be written
   */
  public void keep(Name project, String token) {
    try {
      Path folder = Optional.ofNullable(file.getParent()).orElse(file);
      Files.createDirectories(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(OWNER_ONLY));
      }
      synchronized (TokenFile.class) { // a lock of a file is the whole process's
        try (FileChannel channel = FileChannel.open(lockFile(), CREATE, WRITE)) {
          FileLock held = channel.lock();
          WholeFile.writePrivate(file, with(project, token).getBytes(StandardCharsets.UTF_8));
          held.release();
        }
      }
    } catch (IOException e) {
      throw new Unavailable(
          "file %s: the token can't be kept there (%s); make it writable, or give the token with --token each time"
              .formatted(file, IoReason.of(e)),
          e);
    }
  }

  /** Held while the file is read and replaced: no process undoes what another keeps. */
  private Path lockFile() {
    return file.resolveSibling(file.getFileName() + ".lock");
  }

  private String with(Name project, String token) {
    String beginning = beginning(project);
    List<String> lines = new ArrayList<>(lines());
    lines.removeIf(line -> line.startsWith(beginning));
    lines.add(beginning + token);
    return String.join("\n", lines) + "\n";
  }

  private String beginning(Name project) {
    return project + "\t" + home + "\t";
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new Unavailable(
          "file %s: tokens can't be read (%s); make it readable, or delete it"
              .formatted(file, IoReason.of(e)),
          e);
    }
  }
}
