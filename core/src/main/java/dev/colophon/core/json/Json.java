package dev.colophon.core.json;

import dev.colophon.core.error.ColophonException.Invalid;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON document. Objects keep the order of their members; {@link #canonical} sorts them. */
public sealed interface Json {
  /** An object. Members iterate in the order given. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    public Optional<Json> find(String name) {
      return Optional.ofNullable(members.get(name)).filter(value -> !(value instanceof Null));
    }

    /**
     * A member that must be there.
     *
     * @throws Invalid if there is no such member, or it is null
     */
    public Json get(String name) {
      return find(name)
          .orElseThrow(
              () ->
                  new Invalid(
                      "JSON object with %s: expected a member \"%s\""
                          .formatted(members.keySet(), name)));
    }
  }

  /** An array. */
  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }
  }

  /** A text. */
  record Str(String value) implements Json {}

  /**
   * A number, kept as its text so that none loses digits.
   *
   * @param text as JSON writes numbers
   */
  record Num(String text) implements Json {
    public Num {
      if (!text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
        throw new Invalid("JSON number \"%s\": expected digits".formatted(text));
      }
    }

    public BigDecimal decimal() {
      return new BigDecimal(text);
    }
  }

  /** True or false. */
  record Bool(boolean value) implements Json {}

  /** Null, which Colophon writes only where a format demands it. */
  record Null() implements Json {}

  static Json of(String value) {
    return new Str(value);
  }

  static Json of(long value) {
    return new Num(Long.toString(value));
  }

  /**
   * A finite number as Java prints it; NaN and infinities, which JSON lacks, as the texts {@code
   * "NaN"}, {@code "Infinity"}, {@code "-Infinity"}.
   */
  static Json of(double value) {
    return Double.isFinite(value)
        ? new Num(Double.toString(value))
        : new Str(Double.toString(value));
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Json of(List<? extends Json> items) {
    return new Arr(new ArrayList<>(items));
  }

  static Json ofStrings(List<String> items) {
    return new Arr(items.stream().map(Json::of).toList());
  }

  /** Starts an object whose members keep the order of the calls. */
  static Builder object() {
    return new Builder();
  }

  /** Collects the members of an object. Not thread-safe. */
  final class Builder {
    private final Map<String, Json> members = new LinkedHashMap<>();

    private Builder() {}

    public Builder put(String name, Json value) {
      members.put(name, value);
      return this;
    }

    public Builder put(String name, String value) {
      return put(name, of(value));
    }

    public Builder put(String name, long value) {
      return put(name, of(value));
    }

    public Builder put(String name, double value) {
      return put(name, of(value));
    }

    public Builder put(String name, boolean value) {
      return put(name, of(value));
    }

    /** Leaves an empty value out. */
    public Builder putIfPresent(String name, Optional<String> value) {
      value.ifPresent(text -> put(name, text));
      return this;
    }

    public Obj build() {
      return new Obj(members);
    }
  }

  /**
   * Reads one document.
   *
   * @throws Invalid if the text is not JSON, repeats a member, or goes on after it
   */
  static Json parse(String text) {
    return JsonText.parse(text);
  }

  /**
   * Reads one UTF-8 document.
   *
   * @throws Invalid as {@link #parse(String)}
   */
  static Json parse(byte[] utf8) {
    return parse(new String(utf8, StandardCharsets.UTF_8));
  }

  /** On one line, members in their order. */
  default String text() {
    return JsonText.write(this, false, false);
  }

  /**
   * On one line, without spaces, members sorted by the UTF-16 units of their names: equal values
   * give equal texts.
   */
  default String canonical() {
    return JsonText.write(this, true, false);
  }

  /** Indented by two spaces, members in their order. */
  default String pretty() {
    return JsonText.write(this, false, true);
  }

  /**
   * This as an object.
   *
   * @throws Invalid if this is no object
   */
  default Obj asObject() {
    return expect(Obj.class, "an object");
  }

  /**
   * The items of this array.
   *
   * @throws Invalid if this is no array
   */
  default List<Json> asList() {
    return expect(Arr.class, "an array").items();
  }

  /**
   * The value of this text.
   *
   * @throws Invalid if this is no text
   */
  default String asString() {
    return expect(Str.class, "a text").value();
  }

  /**
   * The value of this whole number.
   *
   * @throws Invalid if this is no whole number of 64 bits
   */
  default long asLong() {
    try {
      return expect(Num.class, "a whole number").decimal().longValueExact();
    } catch (ArithmeticException e) {
      throw new Invalid("JSON %s: expected a whole number of 64 bits".formatted(text()), e);
    }
  }

  /**
   * A number, or one of the three texts of {@link #of(double)}.
   *
   * @throws Invalid if this is neither
   */
  default double asDouble() {
    return switch (this) {
      case Num(String number) -> Double.parseDouble(number);
      case Str(String name) when name.equals("NaN") || name.endsWith("Infinity") ->
          Double.parseDouble(name);
      default -> throw new Invalid("JSON %s: expected a number".formatted(text()));
    };
  }

  /**
   * The value of this boolean.
   *
   * @throws Invalid if this is neither true nor false
   */
  default boolean asBoolean() {
    return expect(Bool.class, "true or false").value();
  }

  private <T extends Json> T expect(Class<T> type, String expected) {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    String found = text();
    throw new Invalid(
        "JSON %s: expected %s"
            .formatted(found.length() > 80 ? found.substring(0, 80) + "…" : found, expected));
  }
}
