package dev.colophon.flow.code;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of what is recorded, by their looks (docs/formats/code.md, "secrets"). Pure.
 *
 * <p>It errs on the side of silence: an option named {@code --key-column} loses its value too.
 */
public final class Secrets {
  static final String HIDDEN = "***";

  private static final String WORD =
      "passw(?:or)?d|passphrase|pwd|secret|token|key|credential|authorization";
  private static final Pattern NAME = Pattern.compile(WORD, Pattern.CASE_INSENSITIVE);
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "([A-Za-z0-9_.-]*(?:" + WORD + ")[A-Za-z0-9_.-]*\"?\\s*[=:]\\s*\"?)[^&\\s\"]+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/?#\\s]*@");
  private static final Pattern SHORT_USER_INFO = Pattern.compile("^[^/@\\s]*:[^/@\\s]*@");

  private Secrets() {}

  /** The command line with every value that looks secret replaced by three stars. */
  static List<String> redacted(List<String> commandLine) {
    List<String> result = new ArrayList<>(commandLine.size());
    boolean hideNext = false;
    for (String word : commandLine) {
      boolean option = word.startsWith("-");
      if (hideNext && !option) {
        result.add(HIDDEN);
        hideNext = false;
        continue;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      boolean secret = option && isSecret(name);
      result.add(secret && equals >= 0 ? name + "=" + HIDDEN : redacted(word));
      hideNext = secret && equals < 0;
    }
    return result;
  }

  /** The text without the values of secret-looking assignments and without users in URLs. */
  static String redacted(String text) {
    return ASSIGNED.matcher(withoutCredentials(text)).replaceAll("$1" + HIDDEN);
  }

  /** A URL, or any text, without {@code user:password@}. */
  static String withoutCredentials(String text) {
    String plain = USER_INFO.matcher(text).replaceAll("$1");
    return SHORT_USER_INFO.matcher(plain).replaceFirst("");
  }

  /** Whether a name says that its value is secret. */
  public static boolean isSecret(String name) {
    return NAME.matcher(name).find();
  }
}
