package dev.colophon.flow.run;

import java.util.List;

/** The author's frames of one exception, with those that a recursion repeats folded. */
final class Frames {
  /** Frames shown of one exception, those that are folded not counted. */
  private static final int MOST = 60;

  /** Methods that may call each other in turn for it to be seen as a repetition. */
  private static final int LONGEST_ROUND = 4;

  private final List<String> frames;

  Frames(List<StackTraceElement> frames) {
    this.frames = frames.stream().map(Frames::shown).toList();
  }

  /** The frame without the name of the class loader, which says nothing to an author. */
  private static String shown(StackTraceElement frame) {
    String text = frame.toString();
    String loader = frame.getClassLoaderName() + "//";
    return text.startsWith(loader) ? text.substring(loader.length()) : text;
  }

  /** Adds a line for each frame, and one for what is left out. */
  void appendTo(StringBuilder trace) {
    int told = 0;
    int at = 0;
    while (at < frames.size() && told < MOST) {
      int round = round(at);
      for (int i = at; i < at + round; i++) {
        trace.append("    at ").append(frames.get(i)).append('\n');
      }
      told += round;
      int more = repetitions(at, round) * round;
      at += round + more;
      if (more > 0) {
        trace.append("    … %,d more of the same\n".formatted(more));
      }
    }
    if (at < frames.size()) {
      trace.append("    … %,d more frames\n".formatted(frames.size() - at));
    }
  }

  /** How many frames from here on are worth folding into one round; 1 if nothing repeats. */
  private int round(int at) {
    for (int length = 1; length <= LONGEST_ROUND; length++) {
      if (repetitions(at, length) >= 2) {
        return length;
      }
    }
    return 1;
  }

  /** How often the round that begins here comes again right behind it; 0 if not at least twice. */
  private int repetitions(int at, int length) {
    int times = 0;
    int next = at + length;
    while (next + length <= frames.size()
        && frames.subList(next, next + length).equals(frames.subList(at, at + length))) {
      times++;
      next += length;
    }
    return times >= 2 ? times : 0;
  }
}
