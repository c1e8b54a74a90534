package dev.colophon.flow.run;

import dev.colophon.flow.graph.FlowType;
import dev.colophon.flow.reflect.ReflectedType;
import java.lang.reflect.Type;

/** The Java types in the graph of a loaded class. */
final class Types {
  private Types() {}

  /** The type by which values are written and read. */
  static Type of(FlowType type) {
    if (type instanceof ReflectedType reflected) {
      return reflected.type();
    }
    throw new IllegalStateException("type " + type.display() + " was not read from a loaded class");
  }
}
