package dev.colophon.cli.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the guide: its fenced blocks, in order.
 *
 * <p>A block of any language whose first line names a file in a comment ({@code // Hello.java},
 * {@code <!-- pom.xml -->}), or whose fence does ({@code csv prices.csv}), is that file's content.
 * In a block {@code console} a line that begins with {@code "$ "} is a command, and those below it
 * are what it prints.
 */
record GuidePage(Path path, List<Block> blocks) {
  private static final Pattern FENCE = Pattern.compile("```(?<language>\\w+)( (?<file>\\S+))?");
  private static final Pattern NAMED =
      Pattern.compile("(// |<!-- )(?<file>[\\w./-]+\\.(java|xml))( -->)?");

  GuidePage {
    blocks = List.copyOf(blocks);
  }

  /** Something that the reader does. */
  sealed interface Block {
    /** Number of its first line on the page, from 1. */
    int line();
  }

  /** The reader writes a file. */
  record Source(int line, Path file, String text) implements Block {}

  /** The reader types a command and sees these lines. */
  record Typed(int line, String command, List<String> printed) implements Block {
    Typed {
      printed = List.copyOf(printed);
    }
  }

  /** Nothing that can be done, such as a part of a file. */
  record Shown(int line, String language) implements Block {}

  static GuidePage read(Path path) throws IOException {
    List<String> lines = Files.readAllLines(path);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        blocks.addAll(blocks(fence, i + 2, lines.subList(i + 1, end)));
        i = end;
      }
    }
    return new GuidePage(path, blocks);
  }

  private static List<Block> blocks(Matcher fence, int first, List<String> lines) {
    String language = fence.group("language");
    if (language.equals("console")) {
      return commands(first, lines);
    }
    Matcher named = NAMED.matcher(lines.isEmpty() ? "" : lines.getFirst());
    Optional<String> file =
        Optional.ofNullable(fence.group("file"))
            .or(() -> named.matches() ? Optional.of(named.group("file")) : Optional.empty());
    return List.of(
        file.<Block>map(name -> new Source(first, Path.of(name), String.join("\n", lines) + "\n"))
            .orElseGet(() -> new Shown(first, language)));
  }

  private static List<Block> commands(int first, List<String> lines) {
    List<Block> commands = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("$ ")) {
        throw new IllegalStateException(
            "line %d: expected a command, found %s".formatted(first + i, lines.get(i)));
      }
      int end = i + 1;
      while (end < lines.size() && !lines.get(end).startsWith("$ ")) {
        end++;
      }
      List<String> printed = new ArrayList<>(lines.subList(i + 1, end));
      while (!printed.isEmpty() && printed.getLast().isEmpty()) {
        printed.removeLast();
      }
      commands.add(new Typed(first + i, lines.get(i).substring(2), printed));
      i = end - 1;
    }
    return commands;
  }
}
