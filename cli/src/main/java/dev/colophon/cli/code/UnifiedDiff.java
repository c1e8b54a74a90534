package dev.colophon.cli.code;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import dev.colophon.cli.code.SourceTree.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One changed file as Git writes it: {@code git apply} and {@code patch -p1} take it, but for a
 * file that is no text, of which only the name is said.
 *
 * @param change what changed
 * @param binary whether one side is no text and both differ
 * @param text the whole, each line with its line end
 */
record UnifiedDiff(FileChange change, boolean binary, int added, int removed, String text) {
  private static final int CONTEXT = 3;
  private static final String NOWHERE = "/dev/null";

  static UnifiedDiff of(FileChange change, FileTexts texts) {
    return switch (change) {
      case FileChange.Added(String path, File now) ->
          of(change, path, path, Optional.empty(), Optional.of(now), texts);
      case FileChange.Deleted(String path, File before) ->
          of(change, path, path, Optional.of(before), Optional.empty(), texts);
      case FileChange.Modified(String path, File before, File now) ->
          of(change, path, path, Optional.of(before), Optional.of(now), texts);
      case FileChange.Renamed(String from, String path, File before, File now) ->
          of(change, from, path, Optional.of(before), Optional.of(now), texts);
    };
  }

  private static UnifiedDiff of(
      FileChange change,
      String from,
      String to,
      Optional<File> before,
      Optional<File> now,
      FileTexts texts) {
    StringBuilder text = new StringBuilder();
    text.append("diff --git ").append(name("a/" + from)).append(' ').append(name("b/" + to));
    text.append('\n').append(modes(from, to, before, now));
    Optional<List<String>> old = before.map(texts::lines).orElse(Optional.of(List.of()));
    Optional<List<String>> young = now.map(texts::lines).orElse(Optional.of(List.of()));
    String left = before.map(file -> name("a/" + from)).orElse(NOWHERE);
    String right = now.map(file -> name("b/" + to)).orElse(NOWHERE);
    if (before.map(File::blob).equals(now.map(File::blob))) {
      return new UnifiedDiff(change, false, 0, 0, text.toString());
    }
    if (old.isEmpty() || young.isEmpty()) {
      text.append("Binary files %s and %s differ\n".formatted(left, right));
      return new UnifiedDiff(change, true, 0, 0, text.toString());
    }
    List<Block> blocks = Block.of(old.get(), young.get());
    if (!blocks.isEmpty()) {
      text.append("--- ").append(left).append(tab(left)).append('\n');
      text.append("+++ ").append(right).append(tab(right)).append('\n');
      new Hunks(old.get(), young.get(), blocks).write(text);
    }
    int added = blocks.stream().mapToInt(block -> block.endNow() - block.fromNow()).sum();
    int removed = blocks.stream().mapToInt(block -> block.end() - block.from()).sum();
    return new UnifiedDiff(change, false, added, removed, text.toString());
  }

  private static String modes(String from, String to, Optional<File> before, Optional<File> now) {
    StringBuilder lines = new StringBuilder();
    String old = before.map(UnifiedDiff::mode).orElse("");
    String young = now.map(UnifiedDiff::mode).orElse("");
    if (old.isEmpty()) {
      lines.append("new file mode ").append(young).append('\n');
    } else if (young.isEmpty()) {
      lines.append("deleted file mode ").append(old).append('\n');
    } else if (!old.equals(young)) {
      lines.append("old mode ").append(old).append("\nnew mode ").append(young).append('\n');
    }
    if (!from.equals(to)) {
      lines.append("rename from ").append(name(from)).append('\n');
      lines.append("rename to ").append(name(to)).append('\n');
    }
    return lines.toString();
  }

  private static String mode(File file) {
    return switch (file.kind()) {
      case FILE -> "100644";
      case EXECUTABLE -> "100755";
      case LINK -> "120000";
      case FOLDER -> throw new IllegalStateException("a folder is no file");
    };
  }

  /** As Git quotes a path that would not be read back from its line. */
  private static String name(String path) {
    boolean plain = path.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\' || c == 127);
    if (plain) {
      return path;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\t' -> quoted.append("\\t");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ' || c == 127) {
            quoted.append('\\').append((char) ('0' + (c >> 6)));
            quoted.append((char) ('0' + ((c >> 3) & 7))).append((char) ('0' + (c & 7)));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Where a path with spaces ends. */
  private static String tab(String name) {
    return name.indexOf(' ') >= 0 && !name.startsWith("\"") ? "\t" : "";
  }

  /** Lines that stand in the place of others; either may be none. Ends are exclusive. */
  private record Block(int from, int end, int fromNow, int endNow) {
    /** What changed, in order; between two of them there is an equal line. */
    static List<Block> of(List<String> old, List<String> young) {
      List<Block> blocks = new ArrayList<>();
      DiffUtils.diff(old, young, new MyersDiffWithLinearSpace<>()).getDeltas().stream()
          .map(Block::of)
          .sorted(Comparator.comparingInt(Block::from).thenComparingInt(Block::fromNow))
          .forEach(block -> add(block, blocks));
      return blocks;
    }

    private static Block of(AbstractDelta<String> delta) {
      Chunk<String> source = delta.getSource();
      Chunk<String> target = delta.getTarget();
      return new Block(
          source.getPosition(),
          source.getPosition() + source.size(),
          target.getPosition(),
          target.getPosition() + target.size());
    }

    /** The library tells a deletion and an insertion at one place apart. */
    private static void add(Block block, List<Block> blocks) {
      if (!blocks.isEmpty() && blocks.getLast().end() == block.from()) {
        Block last = blocks.removeLast();
        blocks.add(new Block(last.from(), block.end(), last.fromNow(), block.endNow()));
      } else {
        blocks.add(block);
      }
    }
  }

  /** The changed stretches of one file, with the lines around them. */
  private record Hunks(List<String> old, List<String> young, List<Block> blocks) {
    void write(StringBuilder text) {
      int first = 0;
      for (int i = 1; i <= blocks.size(); i++) {
        if (i == blocks.size() || blocks.get(i).from() - blocks.get(i - 1).end() > 2 * CONTEXT) {
          write(blocks.subList(first, i), text);
          first = i;
        }
      }
    }

    private void write(List<Block> hunk, StringBuilder text) {
      int lead = Math.min(CONTEXT, hunk.getFirst().from());
      int from = hunk.getFirst().from() - lead;
      int fromNow = hunk.getFirst().fromNow() - lead;
      int end = Math.min(old.size(), hunk.getLast().end() + CONTEXT);
      int endNow = hunk.getLast().endNow() + end - hunk.getLast().end();
      text.append("@@ -").append(range(from, end - from));
      text.append(" +").append(range(fromNow, endNow - fromNow)).append(" @@\n");
      int at = from;
      for (Block block : hunk) {
        write(' ', old.subList(at, block.from()), text);
        write('-', old.subList(block.from(), block.end()), text);
        write('+', young.subList(block.fromNow(), block.endNow()), text);
        at = block.end();
      }
      write(' ', old.subList(at, end), text);
    }

    /** Counted from 1; an empty stretch is named by the line before it, as POSIX has it. */
    private static String range(int from, int length) {
      int start = length == 0 ? from : from + 1;
      return length == 1 ? Integer.toString(start) : start + "," + length;
    }

    private static void write(char mark, List<String> lines, StringBuilder text) {
      for (String line : lines) {
        text.append(mark).append(line);
        if (!line.endsWith("\n")) {
          text.append("\n\\ No newline at end of file\n");
        }
      }
    }
  }

  /** Two modes as Git numbers them. */
  record Modes(String before, String now) {}

  /** What changed, in a word. */
  String word() {
    return switch (change) {
      case FileChange.Added added -> "added";
      case FileChange.Deleted deleted -> "deleted";
      case FileChange.Modified modified -> "modified";
      case FileChange.Renamed renamed -> "renamed";
    };
  }

  /** The modes of a file that is there before and now, where they differ. */
  Optional<Modes> modeChange() {
    return switch (change) {
      case FileChange.Added added -> Optional.empty();
      case FileChange.Deleted deleted -> Optional.empty();
      case FileChange.Modified(String path, File before, File now) -> modes(before, now);
      case FileChange.Renamed(String from, String path, File before, File now) ->
          modes(before, now);
    };
  }

  private static Optional<Modes> modes(File before, File now) {
    return before.kind() == now.kind()
        ? Optional.empty()
        : Optional.of(new Modes(mode(before), mode(now)));
  }
}
