package dev.colophon.flow.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/** What the compiler and the checkers found wrong, for the author to read. */
final class Problems {
  private Problems() {}

  /**
   * All errors: {@code file:line:column message}, the line, and a caret below the place. Files are
   * named as the user named the flow's.
   */
  static String text(SourceRoot root, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    List<String> errors =
        diagnostics.stream()
            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
            .map(each -> text(root, each))
            .toList();
    return "%s can't be run:%n%s"
        .formatted(root.shown(), String.join(System.lineSeparator(), errors));
  }

  private static String text(SourceRoot root, Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT);
    if (!(error.getSource() instanceof SourceText source)
        || error.getPosition() == Diagnostic.NOPOS) {
      return message;
    }
    String shown = shown(root, source.path()) + ":" + error.getLineNumber();
    Optional<String> text = source.text();
    if (text.isEmpty() || error.getPosition() > text.get().length()) {
      return shown + " " + message;
    }
    int position = (int) error.getPosition();
    int start = text.get().lastIndexOf('\n', position - 1) + 1;
    String before = text.get().substring(start, position);
    String line = text.get().substring(start).lines().findFirst().orElse("");
    String padding = before.replaceAll("[^\t]", " ");
    return "%s:%d %s%n    %s%n    %s^"
        .formatted(shown, before.length() + 1, message, line, padding);
  }

  private static Path shown(SourceRoot root, Path source) {
    Path own = root.file().toAbsolutePath().normalize().getParent();
    Path named = root.shown().getParent();
    Path relative = own == null ? source : own.relativize(source);
    return named == null ? relative : named.resolve(relative).normalize();
  }
}
