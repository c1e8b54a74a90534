package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What may be absent: the value itself, or null; as a component of a record, the member is left
 * out.
 */
final class OptionalForm implements Form {
  /** The kinds of Optional of a primitive, and the box of what is in them. */
  static final Map<Class<?>, Class<?>> OF_PRIMITIVES =
      Map.of(
          OptionalInt.class, Integer.class,
          OptionalLong.class, Long.class,
          OptionalDouble.class, Double.class);

  private final Class<?> type;
  private final Form content;

  OptionalForm(Class<?> type, Form content) {
    this.type = type;
    this.content = content;
  }

  @Override
  public String typeName() {
    return "Optional of " + content.typeName();
  }

  /** Whether there is something in a value of this type. */
  boolean isPresent(Object optional) {
    return unwrap(optional).isPresent();
  }

  private static Optional<?> unwrap(Object optional) {
    return switch (optional) {
      case Optional<?> any -> any;
      case OptionalInt number when number.isPresent() -> Optional.of(number.getAsInt());
      case OptionalLong number when number.isPresent() -> Optional.of(number.getAsLong());
      case OptionalDouble number when number.isPresent() -> Optional.of(number.getAsDouble());
      default -> Optional.empty();
    };
  }

  @Override
  public void write(Object optional, ValueWriter out) {
    out.check(type, optional);
    Optional<?> value = unwrap(optional);
    if (value.isPresent()) {
      out.value(content, value.get());
    } else {
      out.json().nothing();
    }
  }

  @Override
  public Object read(ValueReader in) {
    return in.token() == Token.NULL ? empty() : wrap(content.read(in));
  }

  /** The value of an absent member. */
  Object empty() {
    if (type == OptionalInt.class) {
      return OptionalInt.empty();
    }
    if (type == OptionalLong.class) {
      return OptionalLong.empty();
    }
    return type == OptionalDouble.class ? OptionalDouble.empty() : Optional.empty();
  }

  private Object wrap(Object value) {
    if (type == OptionalInt.class) {
      return OptionalInt.of((Integer) value);
    }
    if (type == OptionalLong.class) {
      return OptionalLong.of((Long) value);
    }
    return type == OptionalDouble.class ? OptionalDouble.of((Double) value) : Optional.of(value);
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return content.isShareable(seen);
  }
}
