package dev.colophon.embedded.maven;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.colophon.core.Digest;
import dev.colophon.core.WholeFile;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.flow.source.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Libraries from Maven repositories, as the user's {@code settings.xml} sets them up, in the local
 * repository that Maven uses too. What was found once is found again without loading the resolver,
 * as long as the jars are what they were.
 */
public final class MavenLibraries implements Libraries {
  /** Versions that a repository decides on: ranges, and words for the newest. */
  private static final Pattern MOVING = Pattern.compile("(?i)[\\[(].*|.*\\+|latest|release");

  private final Path cache;
  private final MavenSettings settings;
  private final Consumer<String> progress;

  /**
   * @param cache folder in which found class paths are kept
   * @param progress told, in a line each, what is downloaded and what to beware of
   */
  public MavenLibraries(Path cache, MavenSettings settings, Consumer<String> progress) {
    this.cache = cache;
    this.settings = settings;
    this.progress = progress;
  }

  @Override
  public List<Path> resolve(List<String> coordinates) {
    coordinates.forEach(MavenLibraries::check);
    coordinates.stream()
        .filter(coordinate -> coordinate.split(":", -1)[2].contains("-SNAPSHOT"))
        .forEach(
            coordinate ->
                progress.accept(
                    "warning: //DEPS %s is another library after its next build; a run records which one it used, but nobody else may be able to get it"
                        .formatted(coordinate)));
    Path record =
        cache.resolve("libraries-" + Digest.of(settings + "\n" + coordinates).hex() + ".txt");
    return kept(record)
        .orElseGet(
            () -> {
              List<Path> jars = new MavenResolution(settings, progress).resolve(coordinates);
              keep(record, jars);
              return jars;
            });
  }

  private static void check(String coordinate) {
    if (!coordinate.matches("[\\w.-]+:[\\w.-]+:[^:@\\s]+(:[\\w.-]+)?(@[\\w.-]+)?")) {
      throw new Invalid(
          "//DEPS %s: expected group:artifact:version, such as org.tribuo:tribuo-core:4.3.2"
              .formatted(coordinate));
    }
    String[] parts = coordinate.split(":", -1);
    if (MOVING.matcher(parts[2]).matches()) {
      throw new Invalid(
          "//DEPS %s: version %s stands for another one tomorrow, so that nobody could make the run again; write the version that you mean, as %s:%s:1.2.3"
              .formatted(coordinate, parts[2], parts[0], parts[1]));
    }
  }

  private static Optional<List<Path>> kept(Path record) {
    try {
      if (!Files.exists(record)) {
        return Optional.empty();
      }
      List<String> lines = Files.readAllLines(record);
      List<Path> jars = lines.stream().map(line -> Path.of(line.split(" ", 3)[2])).toList();
      return lines.equals(lines(jars)) ? Optional.of(jars) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // not as it was: ask again
    }
  }

  /** Size, time and path of each jar. */
  private static List<String> lines(List<Path> jars) throws IOException {
    List<String> lines = new java.util.ArrayList<>();
    for (Path jar : jars) {
      lines.add(Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + " " + jar);
    }
    return lines;
  }

  private void keep(Path record, List<Path> jars) {
    try {
      Files.createDirectories(cache);
      WholeFile.write(record, (String.join("\n", lines(jars)) + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      throw new Unavailable(
          "class path of //DEPS: it can't be kept in %s (%s); choose another home with --home"
              .formatted(cache, IoReason.of(e)),
          e);
    }
  }
}
