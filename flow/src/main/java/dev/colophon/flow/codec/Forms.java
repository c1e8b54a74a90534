package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Invalid;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Finds the form of a type. What reflection told about a class is kept with the class and goes away
 * with its loader. Thread-safe.
 */
final class Forms {
  /**
   * The form of a whole value.
   *
   * @param hasColumns whether arrays in it become files of their own
   */
  record Whole(Form form, boolean hasColumns) {
    /** Whether a value that was read is immutable all the way down. */
    boolean isShareable() {
      return form.isShareable(Collections.newSetFromMap(new IdentityHashMap<>()));
    }
  }

  private final ClassValue<RecordShape> shapes =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type);
        }
      };

  private final ClassValue<Whole> classes =
      new ClassValue<>() {
        @Override
        protected Whole computeValue(Class<?> type) {
          return whole(new KnownType(type, List.of()));
        }
      };

  private final boolean columns;

  /**
   * @param columns whether arrays in a record become files of their own
   */
  Forms(boolean columns) {
    this.columns = columns;
  }

  /**
   * The form of a type.
   *
   * @throws Invalid naming the component and the type if a part has no codec
   */
  Whole of(Type type) {
    return type instanceof Class<?> known && !known.isArray()
        ? classes.get(known)
        : whole(KnownType.of(type));
  }

  private Whole whole(KnownType type) {
    return new FormCompiler(shapes::get).whole(type, columns);
  }
}
