package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.regex.Pattern;

/**
 * Name of a flow, step, model, alias or tag: a letter or digit, then up to 127 letters, digits,
 * dots, underscores or hyphens, all ASCII, so that it is safe in a path, a URL and a shell.
 */
public record Name(String text) implements Comparable<Name> {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  public Name {
    if (!SHAPE.matcher(text).matches()) {
      throw new Invalid(
          "name \"%s\": expected a letter or digit, then up to 127 of A-Z a-z 0-9 . _ -"
              .formatted(text));
    }
  }

  public static Name of(String text) {
    return new Name(text);
  }

  /** Whether {@link #of} would accept the text. */
  public static boolean isValid(String text) {
    return SHAPE.matcher(text).matches();
  }

  @Override
  public int compareTo(Name other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
