package dev.colophon.flow.run;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.run.Failure;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells a thrown exception to the author: own frames first, Colophon's folded into one line. */
public final class Failures {
  /** Packages of Colophon, of the JDK and of the library that writes JSON for it. */
  private static final List<String> NOT_THE_AUTHORS =
      List.of("dev.colophon.", "java.", "jdk.", "sun.", "tools.jackson.");

  private Failures() {}

  public static Failure of(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    append(
        trace,
        "",
        thrown,
        new StackTraceElement[0],
        Collections.newSetFromMap(new IdentityHashMap<>()));
    return new Failure(type(thrown), message(thrown), trace.toString());
  }

  /** The class that the author knows it by: none, if it is we who refuse. */
  private static String type(Throwable thrown) {
    return thrown instanceof ColophonException ? "" : thrown.getClass().getName();
  }

  /**
   * Tells of one exception and what caused it.
   *
   * @param above frames of the exception that tells of this one: those in common are not repeated
   */
  private static void append(
      StringBuilder trace,
      String label,
      @Nullable Throwable thrown,
      StackTraceElement[] above,
      Set<Throwable> told) {
    if (thrown == null || !told.add(thrown)) {
      return;
    }
    String type = type(thrown);
    String message = message(thrown);
    trace.append(label).append(type).append(type.isEmpty() || message.isEmpty() ? "" : ": ");
    trace.append(message).append('\n');
    StackTraceElement[] frames = thrown.getStackTrace();
    int own = isOurRefusal(thrown) ? 0 : ownFrames(frames);
    int fresh = Math.min(own, frames.length - inCommon(frames, above));
    new Frames(Arrays.asList(frames).subList(0, fresh)).appendTo(trace);
    if (fresh < own) {
      trace.append(
          "    … %,d frame%s as above\n".formatted(own - fresh, own - fresh == 1 ? "" : "s"));
    } else if (own < frames.length && above.length == 0) {
      trace.append("    … %,d frames of Colophon\n".formatted(frames.length - own));
    }
    append(trace, "Caused by: ", thrown.getCause(), frames, told);
    for (Throwable suppressed : thrown.getSuppressed()) {
      append(trace, "Suppressed: ", suppressed, frames, told);
    }
  }

  /** How many frames from the bottom are equal. */
  private static int inCommon(StackTraceElement[] frames, StackTraceElement[] above) {
    int common = 0;
    while (common < Math.min(frames.length, above.length)
        && frames[frames.length - 1 - common].equals(above[above.length - 1 - common])) {
      common++;
    }
    return common;
  }

  /** Whether we refused something, and not in a call from the author's code. */
  private static boolean isOurRefusal(Throwable thrown) {
    return thrown instanceof ColophonException
        && Arrays.stream(thrown.getStackTrace())
            .takeWhile(frame -> !frame.getClassName().equals(TaskCall.class.getName()))
            .map(StackTraceElement::getClassName)
            .allMatch(type -> NOT_THE_AUTHORS.stream().anyMatch(type::startsWith));
  }

  /** How many frames from the top stand above the call of the step. */
  private static int ownFrames(StackTraceElement[] frames) {
    int own = frames.length;
    for (int i = 0; i < frames.length; i++) {
      if (frames[i].getClassName().equals(TaskCall.class.getName())) {
        own = i;
        break;
      }
    }
    while (own > 0 && own < frames.length && isReflection(frames[own - 1])) {
      own--;
    }
    return own == 0 ? frames.length : own;
  }

  private static boolean isReflection(StackTraceElement frame) {
    return frame.getClassName().startsWith("java.lang.reflect.")
        || frame.getClassName().startsWith("java.lang.invoke.")
        || frame.getClassName().startsWith("jdk.internal.reflect.");
  }

  private static String message(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : message;
    } catch (RuntimeException e) {
      return "(its message can't be read: " + e.getClass().getName() + ")";
    }
  }
}
