package dev.colophon.core;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The name that somebody meant who wrote another. */
public final class Nearest {
  private Nearest() {}

  /**
   * The closest of the names, if so few letters differ that it was likely meant; among equally
   * close ones, that of the most similar length.
   */
  public static Optional<String> closest(String written, Collection<String> names) {
    int most = Math.max(1, written.length() / 3);
    return names.stream()
        .filter(name -> distance(written, name) <= most)
        .min(
            Comparator.<String>comparingInt(name -> distance(written, name))
                .thenComparingInt(name -> Math.abs(name.length() - written.length())));
  }

  /**
   * How many letters were added, dropped, changed or swapped with their neighbour (optimal string
   * alignment), capitals aside.
   */
  private static int distance(String from, String to) {
    int[][] d = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, from, to, i, j);
      }
    }
    return d[from.length()][to.length()];
  }

  private static int step(int[][] d, String from, String to, int i, int j) {
    int change = same(from, i, to, j) ? 0 : 1;
    int best = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
    boolean swapped = i > 1 && j > 1 && same(from, i, to, j - 1) && same(from, i - 1, to, j);
    return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
  }

  private static boolean same(String from, int i, String to, int j) {
    return Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
  }

  /** Up to so many of the names, the closest first, if so few letters differ. */
  public static List<String> closest(String written, Collection<String> names, int limit) {
    int most = Math.max(1, written.length() / 3);
    return names.stream()
        .filter(name -> distance(written, name) <= most)
        .sorted(
            Comparator.<String>comparingInt(name -> distance(written, name))
                .thenComparing(Comparator.naturalOrder()))
        .limit(limit)
        .toList();
  }
}
