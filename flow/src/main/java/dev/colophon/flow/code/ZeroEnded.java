package dev.colophon.flow.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Records as Git writes them with {@code -z}.
 *
 * @param records in order; one that is not UTF-8 is among them with replacement characters
 * @param unreadable those that are not UTF-8
 */
record ZeroEnded(List<String> records, List<String> unreadable) {
  static ZeroEnded parse(byte[] answer) {
    List<String> records = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < answer.length; i++) {
      if (answer[i] == 0) {
        String text = new String(answer, from, i - from, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isWhole(text, Arrays.copyOfRange(answer, from, i))) {
          unreadable.add(text);
        }
        records.add(text);
        from = i + 1;
      }
    }
    return new ZeroEnded(records, unreadable);
  }

  private static boolean isWhole(String text, byte[] bytes) {
    return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
  }
}
