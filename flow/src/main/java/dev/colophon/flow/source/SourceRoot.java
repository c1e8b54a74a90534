package dev.colophon.flow.source;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A source file and the folder in which the compiler looks for its siblings: the one that its
 * package name hangs from.
 *
 * @param file where it lies
 * @param shown as the user named it
 * @param folder root of the package
 * @param text content of the file
 */
record SourceRoot(Path file, Path shown, Path folder, String text) {
  private static final Pattern PACKAGE = Pattern.compile("package\\s+(?<name>[^;\"'{}]+?)\\s*;");

  static SourceRoot of(Path file, Path shown) {
    String text = read(file, shown);
    Matcher declaration = PACKAGE.matcher(text);
    String[] names =
        declaration.region(afterComments(text), text.length()).lookingAt()
            ? declaration.group("name").replaceAll("\\s", "").split("\\.")
            : new String[0];
    Path own = Path.of(String.join("/", names)).resolve(String.valueOf(file.getFileName()));
    Path absolute = file.toAbsolutePath().normalize();
    if (!absolute.endsWith(own)) {
      throw new Invalid(
          "%s declares package %s, expected to find it as %s; move the file or drop the declaration"
              .formatted(shown, String.join(".", names), own));
    }
    Path folder = absolute;
    for (int i = 0; i < own.getNameCount() && folder.getParent() != null; i++) {
      folder = folder.getParent();
    }
    return new SourceRoot(file, shown, folder, text);
  }

  private static String read(Path file, Path shown) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new Invalid("%s is not UTF-8 text".formatted(shown), e);
    } catch (IOException e) {
      throw new NotFound(
          "flow file %s: no such file, or it can't be read; see how its path is spelt"
              .formatted(shown));
    }
  }

  /** Where the first word is that is neither white space nor comment. */
  private static int afterComments(String text) {
    int at = 0;
    while (at < text.length()) {
      int end = -1;
      if (Character.isWhitespace(text.charAt(at))) {
        end = at + 1;
      } else if (text.startsWith("//", at)) {
        end = text.indexOf('\n', at) + 1;
      } else if (text.startsWith("/*", at)) {
        end = text.indexOf("*/", at + 2) + 2;
      }
      if (end <= at) {
        return at;
      }
      at = end;
    }
    return at;
  }

  /** Path of the file below the folder, with slashes. */
  String name() {
    return folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }

  Path path(String name) {
    return folder.resolve(name);
  }
}
