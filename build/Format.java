import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Checks ({@code check}) or rewrites ({@code apply}) every Java file below a folder, in
 * google-java-format.
 *
 * <p>The stamp file lists what was in order at the last look (path, size, time), so that an
 * unchanged file is not parsed again; it is only ever a list of files that passed.
 */
class Format {
  public static void main(String[] arguments) throws IOException {
    var mode = arguments[0];
    var root = Path.of(arguments[1]);
    var stamp = Path.of(arguments[2], "format.stamp");
    var failure = Path.of(arguments[2], "format.failed");
    Files.deleteIfExists(failure);
    if (mode.equals("skip")) {
      return;
    }
    if (!mode.equals("check") && !mode.equals("apply")) {
      throw new IllegalArgumentException("-Dformat=" + mode + ": expected check, apply or skip");
    }
    Set<String> inOrder = Files.exists(stamp) ? new HashSet<>(Files.readAllLines(stamp)) : Set.of();
    var passed = new ConcurrentSkipListSet<String>();
    var failed = new ConcurrentSkipListMap<Path, String>();
    var pending = new TreeMap<Path, String>();
    for (Path file : javaFiles(root)) {
      var line = line(root, file);
      if (inOrder.contains(line)) {
        passed.add(line);
      } else {
        pending.put(file, line);
      }
    }
    pending.entrySet().parallelStream()
        .forEach(
            entry -> {
              var file = entry.getKey();
              try {
                var found = Files.readString(file);
                var expected = format(found);
                if (found.equals(expected)) {
                  passed.add(entry.getValue());
                } else if (mode.equals("apply")) {
                  Files.writeString(file, expected);
                  passed.add(line(root, file));
                } else {
                  failed.put(file, "line " + firstDifference(found, expected));
                }
              } catch (FormatterException | IOException e) {
                failed.put(file, String.valueOf(e.getMessage()));
              }
            });
    Files.createDirectories(stamp.getParent());
    Files.write(stamp, passed);
    if (!failed.isEmpty()) {
      failed.forEach(
          (file, why) ->
              System.err.println("not formatted: " + root.relativize(file) + ": " + why));
      Files.write(failure, failed.keySet().stream().map(Path::toString).toList());
    }
  }

  private static String format(String source) throws FormatterException {
    var formatted =
        new Formatter()
            .formatSource(
                RemoveUnusedImports.removeUnusedImports(
                    ImportOrderer.reorderImports(source, Style.GOOGLE)));
    // The directives of a single-file flow are no comments: they keep their form.
    return formatted.replaceAll("(?m)^// (DEPS|SOURCES|REPOS|JAVA) ", "//$1 ");
  }

  private static int firstDifference(String found, String expected) {
    var at = 0;
    while (at < Math.min(found.length(), expected.length())
        && found.charAt(at) == expected.charAt(at)) {
      at++;
    }
    return 1 + (int) found.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private static String line(Path root, Path file) throws IOException {
    var attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return root.relativize(file) + " " + attributes.size() + " " + attributes.lastModifiedTime();
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            return !folder.equals(root) && (name.equals("target") || name.startsWith("."))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
