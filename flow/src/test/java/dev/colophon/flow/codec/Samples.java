package dev.colophon.flow.codec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Types such as authors write. */
final class Samples {
  private Samples() {}

  enum Level {
    LOW,
    HIGH {
      @Override
      boolean isUrgent() {
        return true;
      }
    };

    boolean isUrgent() {
      return false;
    }
  }

  record Point(int y, int x) {}

  record Route(String from, String to, Optional<Point> at, OptionalInt stops) {}

  /** Two levels, a record and an enum on the lower one, and itself inside. */
  sealed interface Shape {
    record Dot() implements Shape {}

    sealed interface Closed extends Shape {}

    record Circle(double radius) implements Closed {}

    record Group(List<Shape> parts) implements Closed {}
  }

  enum Fixed implements Shape.Closed {
    UNIT_SQUARE
  }

  sealed interface Result<V> {
    record Good<V>(V value) implements Result<V> {}

    record Bad<V>(String why, List<V> tried) implements Result<V> {}
  }

  record Pair<A, B>(A left, B right) {}

  record Tree(String name, List<Tree> children) {}

  record Chain(Optional<Chain> next) {}

  @SuppressWarnings("ArrayRecordComponent") // what a table is
  record Table(String name, double[] delay, Inner inner, List<int[]> parts) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Inner(int[] carrier, byte[] flags, Map<String, long[]> more) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("expected more than 0");
      }
    }
  }

  record Job(String name, Runnable body) {}

  record Jobs(List<Map<String, Job>> all) {}

  private record Hidden(int value) {}

  /** A value of a type that nobody else sees. */
  static Object hidden() {
    return new Hidden(7);
  }
}
