package dev.colophon.cli.frame;

import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How values look to a person. Written by hand: formatters cost a command its start-up time. */
public final class Show {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Show() {}

  /** {@code 2026-11-23 15:01:12}. */
  public static String time(Instant instant, ZoneId zone) {
    ZonedDateTime at = instant.atZone(zone);
    return at.toLocalDate()
        + " "
        + two(at.getHour())
        + ":"
        + two(at.getMinute())
        + ":"
        + two(at.getSecond());
  }

  /** {@code 0.25 s}, {@code 4.2 s}, {@code 3 min 07 s}, {@code 2 h 05 min}. */
  public static String took(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      long hundredths = duration.toMillis() / 10;
      return hundredths < 100
          ? "0." + two(hundredths) + " s"
          : hundredths / 100 + "." + hundredths % 100 / 10 + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + two(seconds % 60) + " s";
    }
    return count(seconds / 3600) + " h " + two(seconds % 3600 / 60) + " min";
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }

  /** {@code 336,776}. */
  public static String count(long number) {
    String digits = Long.toString(Math.abs(number));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        text.append(',');
      }
      text.append(digits.charAt(i));
    }
    return (number < 0 ? "-" : "") + text;
  }

  /** {@code 1 file}, {@code 2 files}. */
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /** {@code 512 bytes}, {@code 1.5 MB}; powers of 1,000. */
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return count(bytes, "byte");
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit];
  }

  /** At most five significant digits: {@code 0.71234}, {@code 12,345}. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return count((long) value);
    }
    if (Math.abs(value) >= 1e15 || Math.abs(value) < 1e-4) {
      return new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros().toString();
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(5)).stripTrailingZeros();
    return Math.abs(value) < 100_000 ? rounded.toPlainString() : count(Math.round(value));
  }

  /** The beginning of a digest, enough to look it up by: {@code sha256:9f3c1a2b4d5e}. */
  public static String digest(Digest digest) {
    return "sha256:" + digest.abbreviated();
  }

  /** {@code from=2013-04, months=6}; {@code none} without parameters. */
  public static String parameters(Map<String, Json> parameters) {
    return parameters.isEmpty()
        ? "none"
        : parameters.entrySet().stream()
            .map(named -> named.getKey() + "=" + value(named.getValue()))
            .collect(Collectors.joining(", "));
  }

  /** A value of a parameter or of a list: a text without quotes, all else as JSON. */
  public static String value(Json json) {
    return json instanceof Json.Str(String text) ? text : json.text();
  }

  /** {@code main@3f2c1a9 + 1 changed file}. */
  public static String code(CodeVersion code) {
    String snapshot = "snapshot " + code.snapshot().digest().abbreviated();
    return code.git()
        .map(
            git -> {
              String commit =
                  git.commit().map(id -> id.substring(0, 7)).orElse("no commit, " + snapshot);
              String changed =
                  git.changed().isEmpty()
                      ? ""
                      : " + " + count(git.changed().size(), "changed file");
              return git.branch().map(branch -> branch + "@").orElse("") + commit + changed;
            })
        .orElse("no Git, " + snapshot);
  }

  /** Words as a shell has to be given them. */
  public static String shellLine(List<String> words) {
    return words.stream().map(Show::shellWord).collect(Collectors.joining(" "));
  }

  private static String shellWord(String word) {
    return word.matches("[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:=@%+,-]*")
        ? word
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The text on one line, its line breaks spelt {@code \n}. */
  public static String oneLine(String text) {
    return text.indexOf('\n') < 0 ? text : text.strip().replace("\r", "").replace("\n", "\\n");
  }

  /** The text, cut with an ellipsis where it is longer than this; a line break ends it. */
  public static String cut(String text, int width) {
    int end = text.indexOf('\n');
    String line = end < 0 ? text : text.substring(0, end);
    return line.length() <= width && end < 0
        ? line
        : line.substring(0, Math.min(line.length(), width - 1)).stripTrailing() + "…";
  }

  /** The text, made wider by spaces at its end. */
  public static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
