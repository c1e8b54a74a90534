package dev.colophon.flow.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  /**
   * A name whose last word is one for secrets; keys and tokens only of the kind that opens doors.
   */
  private static final Pattern SPOKEN =
      Pattern.compile(
          "(?:.*[^a-z])?(?:passw(?:or)?d|passphrase|pwd|secret|credentials?|apikey"
              + "|(?:api|access|auth|private|secret|signing|encryption|license)[^a-z]*key"
              + "|(?:api|access|auth|bearer|refresh|session|secret|github|gitlab|hf|id)[^a-z]*token"
              + ")|token|.*passw(?:or)?d");

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

  /**
   * Whether a person who gives a value this name most likely means a secret: {@code dbPassword} and
   * {@code api_key}, but neither {@code maxTokens} nor {@code keyColumn}.
   */
  public static boolean looksSecret(String name) {
    String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    return SPOKEN.matcher(words).matches();
  }

  /** Whether a name says that its value is secret. */
  public static boolean isSecret(String name) {
    return NAME.matcher(name).find();
  }
}
