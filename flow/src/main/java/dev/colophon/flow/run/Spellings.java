package dev.colophon.flow.run;

import dev.colophon.core.json.Json;
import dev.colophon.flow.SecretValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** The ways in which programs write a secret into their output. */
final class Spellings {
  /**
   * A line of a secret, or a whole one in another spelling, that is shorter stands for too much.
   */
  static final int LEAST_LENGTH = 4;

  private Spellings() {}

  /**
   * As they are, as JSON and in addresses write them, in Base64, and each line of those that have
   * several.
   */
  static List<byte[]> of(Collection<SecretValue> secrets) {
    SequencedSet<String> texts = new LinkedHashSet<>();
    for (SecretValue secret : secrets) {
      String text = secret.reveal();
      texts.add(text);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      List<String> others = new ArrayList<>(text.lines().map(String::strip).toList());
      others.add(inJson(text));
      others.add(URLEncoder.encode(text, StandardCharsets.UTF_8));
      others.add(URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20"));
      others.add(Base64.getEncoder().encodeToString(bytes));
      others.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      others.stream().filter(other -> other.length() >= LEAST_LENGTH).forEach(texts::add);
    }
    return texts.stream().filter(text -> !text.isEmpty()).map(Spellings::utf8).toList();
  }

  /** One secret as it is and as JSON writes it; none that is too short to be told from others. */
  static List<byte[]> whole(SecretValue secret) {
    String text = secret.reveal();
    return text.length() < LEAST_LENGTH ? List.of() : List.of(utf8(text), utf8(inJson(text)));
  }

  private static String inJson(String text) {
    String quoted = Json.of(text).text();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
