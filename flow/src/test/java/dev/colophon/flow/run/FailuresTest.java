package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static StackTraceElement frame(String method, int line) {
    return new StackTraceElement("Flow", method, "Flow.java", line);
  }

  private static <T extends Throwable> T at(T thrown, StackTraceElement... frames) {
    thrown.setStackTrace(frames);
    return thrown;
  }

  private static List<String> trace(Throwable thrown) {
    return Failures.of(thrown).trace().lines().map(String::strip).toList();
  }

  @Test
  void equalFramesOfARecursionAreFolded() {
    StackTraceElement[] frames = new StackTraceElement[44];
    java.util.Arrays.fill(frames, frame("deeper", 7));
    frames[0] = frame("bottom", 3);
    frames[43] = frame("step", 9);
    assertThat(trace(at(new IllegalStateException("deep"), frames)))
        .containsExactly(
            "java.lang.IllegalStateException: deep",
            "at Flow.bottom(Flow.java:3)",
            "at Flow.deeper(Flow.java:7)",
            "… 41 more of the same",
            "at Flow.step(Flow.java:9)");
  }

  @Test
  void methodsThatCallEachOtherInTurnAreFoldedToo() {
    StackTraceElement even = frame("even", 1);
    StackTraceElement odd = frame("odd", 2);
    assertThat(trace(at(new IllegalStateException("deep"), even, odd, even, odd, even, odd, even)))
        .containsExactly(
            "java.lang.IllegalStateException: deep",
            "at Flow.even(Flow.java:1)",
            "at Flow.odd(Flow.java:2)",
            "… 4 more of the same",
            "at Flow.even(Flow.java:1)");
  }

  @Test
  void twoEqualFramesAreShown() {
    StackTraceElement twice = frame("twice", 1);
    assertThat(trace(at(new IllegalStateException("x"), twice, twice))).hasSize(3);
  }

  @Test
  void aCauseDoesNotRepeatTheFramesAboveIt() {
    Throwable cause =
        at(new IllegalArgumentException("cause"), frame("inner", 5), frame("step", 8));
    Throwable outer =
        at(new IllegalStateException("outer", cause), frame("outer", 6), frame("step", 8));
    assertThat(trace(outer))
        .containsExactly(
            "java.lang.IllegalStateException: outer",
            "at Flow.outer(Flow.java:6)",
            "at Flow.step(Flow.java:8)",
            "Caused by: java.lang.IllegalArgumentException: cause",
            "at Flow.inner(Flow.java:5)",
            "… 1 frame as above");
  }
}
