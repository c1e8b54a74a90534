package dev.colophon.cli.code;

import dev.colophon.cli.frame.Show;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a checked-out program runs again that is no flow. */
final class TrackedProgram {
  private static final String OWN = "$(colophon class-path)";
  private static final String LAUNCHER = "jdk.compiler/";

  private TrackedProgram() {}

  /** The words of a shell that run it, with its arguments, in the folder of its checkout. */
  static List<String> command(CodeVersion code, Environment environment, Path folder) {
    Path place = code.source().isPresent() ? folder : folder.resolve(code.folder());
    List<String> words = new ArrayList<>(List.of("java", "--enable-native-access=ALL-UNNAMED"));
    words.add("--class-path");
    words.add(classPath(folder, place));
    words.add(code.source().orElse(code.flow()));
    List<String> then = environment.commandLine();
    int program = !then.isEmpty() && then.getFirst().startsWith(LAUNCHER) ? 2 : 1;
    words.addAll(then.stream().skip(program).filter(word -> !word.isEmpty()).toList());
    return words;
  }

  /** On one line; what the shell is to fill in is not quoted from it. */
  static String shellLine(List<String> words) {
    return words.stream()
        .map(word -> word.endsWith(OWN) ? "\"" + word + "\"" : Show.shellLine(List.of(word)))
        .collect(Collectors.joining(" "));
  }

  private static String classPath(Path folder, Path place) {
    List<String> entries = new ArrayList<>();
    Path checkout = folder.resolve(".colophon").resolve("checkout");
    entries(checkout.resolve("classes")).stream()
        .flatMap(numbered -> entries(numbered).stream())
        .forEach(entry -> entries.add(typed(entry, place)));
    Path libraries = checkout.resolve("libraries");
    if (!entries(libraries).isEmpty()) {
      entries.add(typed(libraries, place) + "/*");
    }
    entries.add(OWN);
    return String.join(File.pathSeparator, entries);
  }

  private static String typed(Path entry, Path place) {
    return place.relativize(entry).toString();
  }

  private static List<Path> entries(Path within) {
    if (!Files.isDirectory(within)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(within)) {
      return found.sorted().toList();
    } catch (IOException e) {
      throw new Unavailable(
          "%s can't be read (%s); make it readable".formatted(within, IoReason.of(e)), e);
    }
  }
}
