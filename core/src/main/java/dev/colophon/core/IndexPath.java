package dev.colophon.core;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Place of a task inside its step: one index for each dimension, from 0, in the order of the step's
 * dimensions; empty for a step without dimensions.
 */
public record IndexPath(List<Integer> indexes) implements Comparable<IndexPath> {
  /** Of the only task of a step without dimensions. */
  public static final IndexPath NONE = new IndexPath(List.of());

  public IndexPath {
    indexes = List.copyOf(indexes);
    for (int index : indexes) {
      if (index < 0) {
        throw new Invalid("task index %s: expected indexes of 0 or more".formatted(indexes));
      }
    }
  }

  /** Reads {@code 3,7}; the empty text is {@link #NONE}. */
  public static IndexPath parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    try {
      return new IndexPath(Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
    } catch (NumberFormatException e) {
      throw new Invalid(
          "task index \"%s\": expected whole numbers joined by commas, such as 3,7".formatted(text),
          e);
    }
  }

  public boolean isEmpty() {
    return indexes.isEmpty();
  }

  @Override
  public int compareTo(IndexPath other) {
    int common = Math.min(indexes.size(), other.indexes.size());
    for (int i = 0; i < common; i++) {
      int order = Integer.compare(indexes.get(i), other.indexes.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(indexes.size(), other.indexes.size());
  }

  /** {@code 3,7}; empty for {@link #NONE}. */
  @Override
  public String toString() {
    return indexes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
