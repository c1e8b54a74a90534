package dev.colophon.embedded;

import dev.colophon.core.DurableFolders;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that holds everything Colophon keeps for one project (docs/formats/home.md). Naming
 * one touches nothing; {@link #create} makes it.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
  /** Number of the layout that this version writes and reads. */
  public static final int FORMAT = 1;

  /** Environment variable that names the folder. */
  public static final String VARIABLE = "COLOPHON_HOME";

  /** Name of the folder in a project, and in the person's own folder. */
  public static final String NAME = ".colophon";

  private static final String CONFIG_KEY = "format=";

  public Home {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * The home to use, by the first of these that there is:
   *
   * <ol>
   *   <li>what the person asked for;
   *   <li>the variable {@value #VARIABLE}, unless empty;
   *   <li>{@value #NAME} of the project: of the nearest folder, upward from the working folder,
   *       that holds {@value #NAME} or a Git repository;
   *   <li>{@value #NAME} in the person's own folder.
   * </ol>
   */
  public static Home find(
      Optional<Path> asked,
      Map<String, String> environment,
      Path workingFolder,
      Path personFolder) {
    Optional<Path> named =
        asked.or(
            () ->
                Optional.ofNullable(environment.get(VARIABLE))
                    .filter(text -> !text.isEmpty())
                    .map(Path::of));
    Path chosen =
        named
            .map(workingFolder::resolve)
            .or(() -> project(workingFolder).map(project -> project.resolve(NAME)))
            .orElseGet(() -> personFolder.resolve(NAME));
    return new Home(chosen);
  }

  private static Optional<Path> project(Path workingFolder) {
    Path start = workingFolder.toAbsolutePath().normalize();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve(NAME)) || Files.exists(folder.resolve(".git"))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  /** Where artifacts lie. */
  public Path store() {
    return folder.resolve("store");
  }

  /** The file that holds the records. */
  public Path catalog() {
    return folder.resolve("catalog.db");
  }

  /** Where things lie that can be made again: compiled classes, stamps. May be deleted any time. */
  public Path cache() {
    return folder.resolve("cache");
  }

  private Path config() {
    return folder.resolve("config");
  }

  /** Whether anything was ever written here. */
  public boolean exists() {
    return Files.exists(config()) || Files.exists(catalog());
  }

  /**
   * Refuses a home that this version can't read; does nothing to one that does not exist.
   *
   * @throws Invalid if a newer version made it
   * @throws Corrupt if its {@code config} says nothing
   * @throws Unavailable if it can't be read
   */
  public void check() {
    String text;
    try {
      text = Files.readString(config());
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw Files.isRegularFile(folder) ? taken(e) : unavailable("can't be read", e);
    }
    int format =
        text.lines()
            .filter(line -> line.startsWith(CONFIG_KEY))
            .findFirst()
            .map(line -> number(line.substring(CONFIG_KEY.length()).strip()))
            .orElseThrow(
                () -> new Corrupt("%s: expected a line \"format=NUMBER\"".formatted(config())));
    if (format > FORMAT) {
      throw new Invalid(
          "home %s: format %d, this version of Colophon reads up to %d; use a newer version"
              .formatted(folder, format, FORMAT));
    }
  }

  private int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Corrupt("%s: format \"%s\", expected a number".formatted(config(), text), e);
    }
  }

  /**
   * Makes the folder with its {@code config} where there is none, so that it survives a loss of
   * power, and keeps it out of Git. May be called by several processes at once.
   *
   * @throws Unavailable if the folder can't be written
   * @throws Invalid and {@link Corrupt} as {@link #check}
   */
  public void create() {
    create(DurableFolders::sync);
  }

  void create(DurableFolders.Sync disk) {
    check();
    if (Files.exists(config())) {
      return;
    }
    try {
      DurableFolders.create(folder, disk);
      write(folder.resolve(".gitignore"), "*\n");
      write(config(), CONFIG_KEY + FORMAT + "\n");
      disk.sync(folder);
    } catch (FileAlreadyExistsException | NotDirectoryException e) {
      throw taken(e);
    } catch (IOException e) {
      throw unavailable("can't be made", e);
    }
  }

  /** On the disk before it has its name: an empty config would have the whole home refused. */
  private static void write(Path file, String text) throws IOException {
    WholeFile.write(
        file,
        text.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        StandardOpenOption.DSYNC);
  }

  private Unavailable taken(IOException cause) {
    return new Unavailable(
        "home %s: expected a folder, found a file; choose another with --home or %s"
            .formatted(folder, VARIABLE),
        cause);
  }

  private Unavailable unavailable(String what, IOException cause) {
    return new Unavailable(
        "home %s: %s (%s); make it writable, or choose another with --home or %s"
            .formatted(folder, what, IoReason.of(cause), VARIABLE),
        cause);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
