package dev.colophon.flow.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * Names a type with its arguments: {@code new TypeOf<List<String>>() {}.type()}.
 *
 * @param <T> the type
 */
@SuppressWarnings("unused") // the argument is read by reflection
abstract class TypeOf<T> {
  final Type type() {
    return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
  }
}
