package dev.colophon.flow.fingerprint;

import java.util.SortedMap;

/**
 * Something in a canonical text that has no name of its own that an author would know: the compiler
 * made it, and numbers it differently when something else is added. Its content takes the place of
 * its name.
 */
sealed interface Hole {
  /**
   * A call of a method that may be compiler-made, such as {@code lambda$fit$0} or {@code
   * access$000}.
   */
  record Fold(String owner, String name, String descriptor) implements Hole {}

  /** An anonymous or local class, or a member of one. */
  record Local(String name) implements Hole {}

  /** A field of such a class, which may hold a captured variable. */
  record LocalField(String owner, String name) implements Hole {}

  /**
   * A switch over an enum, by way of a compiler-made map from ordinals to numbers.
   *
   * @param owner class of the map
   * @param map its field
   * @param targets where each number leads; those that lead to the default are left out
   */
  record EnumSwitch(String owner, String map, SortedMap<Integer, Integer> targets)
      implements Hole {}
}
