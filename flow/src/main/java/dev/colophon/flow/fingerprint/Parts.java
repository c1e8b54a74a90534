package dev.colophon.flow.fingerprint;

import dev.colophon.core.code.Fingerprint.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gives each part a number, from 0; equal parts may have several. Confined to one thread. */
final class Parts {
  private final Map<Part, Integer> numbers = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();

  /** The number of a part that nobody else asks for; it gets another each time. */
  int add(Part part) {
    parts.add(part);
    return parts.size() - 1;
  }

  int number(Part part) {
    var known = numbers.putIfAbsent(part, parts.size());
    if (known == null) {
      parts.add(part);
      return parts.size() - 1;
    }
    return known;
  }

  /** Numbers in the order of their parts. */
  int[] inOrder() {
    Integer[] numbers = new Integer[parts.size()];
    Arrays.setAll(numbers, i -> i);
    Arrays.sort(numbers, Comparator.comparing(parts::get));
    return Arrays.stream(numbers).mapToInt(Integer::intValue).toArray();
  }

  Part get(int number) {
    return parts.get(number);
  }
}
