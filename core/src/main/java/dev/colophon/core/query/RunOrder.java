package dev.colophon.core.query;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.Field.Kind;
import java.util.Locale;

/**
 * In which order runs are listed: by a field; where that is equal, the one recorded last comes
 * first. Runs without the field come last. Of a parameter, numbers come before texts and texts
 * before truth values; the other way round when descending.
 */
public record RunOrder(Field field, boolean descending) {
  /** Newest start first. */
  public static final RunOrder NEWEST = new RunOrder(Column.STARTED, true);

  public RunOrder {
    if (field.kind() == Kind.TAG) {
      throw new Invalid("sort \"tag\": a run has several; expected a field with one value");
    }
  }

  /**
   * Reads {@code FIELD}, {@code FIELD:asc} or {@code FIELD:desc}.
   *
   * @throws Invalid if it is none of these
   */
  public static RunOrder parse(String text) {
    int colon = text.lastIndexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    return switch (colon < 0 ? "asc" : text.substring(colon + 1).toLowerCase(Locale.ROOT)) {
      case "asc" -> new RunOrder(Field.parse(field), false);
      case "desc" -> new RunOrder(Field.parse(field), true);
      default ->
          throw new Invalid(
              "sort \"%s\": expected a field, or a field with :asc or :desc".formatted(text));
    };
  }
}
