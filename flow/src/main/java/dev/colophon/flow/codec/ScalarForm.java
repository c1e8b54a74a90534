package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.json.JsonReader.Token;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * An immutable value that is one text, number or truth value. {@link Scalars} has the instances.
 *
 * @param <T> the type, boxed
 */
final class ScalarForm<T> implements Form {
  /** How the text of a value stands in JSON. */
  enum As {
    TEXT,
    NUMBER,
    /** A number, but NaN and the infinities, which JSON lacks, as texts. */
    FLOATING,
    TRUTH
  }

  private final Class<T> type;
  private final As as;
  private final Function<T, String> write;
  private final Function<String, T> parse;

  ScalarForm(Class<T> type, As as, Function<T, String> write, Function<String, T> parse) {
    this.type = type;
    this.as = as;
    this.write = write;
    this.parse = parse;
  }

  /** The form of an enum: its constants by their names. */
  static <E> ScalarForm<E> ofEnum(Class<E> type) {
    Map<String, E> constants = new HashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return new ScalarForm<>(
        type,
        As.TEXT,
        constant -> ((Enum<?>) constant).name(),
        name -> {
          E constant = constants.get(name);
          if (constant == null) {
            throw new IllegalArgumentException(
                "expected one of " + constants.keySet().stream().sorted().toList());
          }
          return constant;
        });
  }

  @Override
  public String typeName() {
    return type.isEnum() ? type.getTypeName() : type.getSimpleName();
  }

  /** The text of a value, as the name of a member. */
  String toText(Object value, ValueWriter out) {
    out.check(type, value);
    return write.apply(type.cast(value));
  }

  @Override
  public void write(Object value, ValueWriter out) {
    String text = toText(value, out);
    switch (as) {
      case TEXT -> out.text(text);
      case NUMBER -> out.json().number(text);
      case FLOATING -> {
        if (isFinite(text)) {
          out.json().number(text);
        } else {
          out.text(text);
        }
      }
      case TRUTH -> out.json().bool((Boolean) value);
    }
  }

  /** Whether the text of a floating-point number is a JSON number too: it ends in a digit. */
  private static boolean isFinite(String text) {
    return Character.isDigit(text.charAt(text.length() - 1));
  }

  @Override
  public T read(ValueReader in) {
    boolean fits =
        switch (as) {
          case TEXT -> in.token() == Token.TEXT;
          case NUMBER -> in.token() == Token.NUMBER;
          case FLOATING ->
              in.token() == Token.NUMBER
                  || (in.token() == Token.TEXT
                      && Set.of("NaN", "Infinity", "-Infinity").contains(in.text()));
          case TRUTH -> in.token() == Token.TRUE || in.token() == Token.FALSE;
        };
    if (!fits) {
      throw in.unexpected("a value of type " + typeName());
    }
    return parse(in.text(), in);
  }

  /**
   * Reads the text of a value.
   *
   * @throws Corrupt if it is not one
   */
  T parse(String text, ValueReader in) {
    try {
      return parse.apply(text);
    } catch (RuntimeException e) {
      throw in.corrupt(
          "is \"%s\", expected a value of type %s: %s"
              .formatted(Texts.excerpt(text), typeName(), e.getMessage()),
          e);
    }
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return true;
  }
}
