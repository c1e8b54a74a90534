package dev.colophon.flow.codec;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reflection knows of a record: its components, their accessors and its canonical constructor,
 * whoever may see them.
 */
final class RecordShape {
  private final Class<?> type;
  private final List<RecordComponent> components;
  private final Method[] accessors;
  private final Constructor<?> constructor;

  /**
   * Looks at a record class.
   *
   * @throws InaccessibleObjectException if its module keeps it to itself
   */
  RecordShape(Class<?> type) {
    this.type = type;
    this.components = List.of(type.getRecordComponents());
    this.accessors = components.stream().map(RecordComponent::getAccessor).toArray(Method[]::new);
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      this.constructor = type.getDeclaredConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its canonical constructor: " + type, e);
    }
    Arrays.stream(accessors).forEach(accessor -> accessor.setAccessible(true));
    constructor.setAccessible(true);
  }

  Class<?> type() {
    return type;
  }

  List<RecordComponent> components() {
    return components;
  }

  /** Value of a component, by its accessor. */
  @Nullable Object get(int index, Object value, ValueWriter out) {
    try {
      return accessors[index].invoke(value);
    } catch (InvocationTargetException e) {
      Throwable cause = unwrap(e);
      throw out.invalid("can't be read from its record: " + cause, cause);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("an accessor that was made accessible is not: " + type, e);
    }
  }

  /** The record of these components, in their order of declaration. */
  Object make(@Nullable Object[] parts, ValueReader in) {
    try {
      return constructor.newInstance(parts);
    } catch (InvocationTargetException e) {
      Throwable cause = unwrap(e);
      throw in.corrupt(
          "was refused by the constructor of record %s: %s".formatted(type.getTypeName(), cause),
          cause);
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("a constructor that was made accessible is not: " + type, e);
    }
  }

  private static Throwable unwrap(InvocationTargetException e) {
    Throwable cause = e.getCause();
    if (cause instanceof VirtualMachineError error) {
      throw error;
    }
    return cause == null ? e : cause;
  }
}
