package dev.colophon.core.query;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.ArrayList;
import java.util.List;

/** Cuts a condition into words, quoted texts and signs. */
final class Tokens {
  private static final String SIGNS = "=!<>~";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** What a piece is. */
  enum Kind {
    WORD,
    QUOTED,
    SIGN,
    OPEN,
    CLOSE,
    COMMA,
    END
  }

  /**
   * A piece of a condition.
   *
   * @param text without quotes
   * @param column of its first character, from 1
   */
  record Token(Kind kind, String text, int column) {
    /** Whether it is this word, whatever the case. */
    boolean is(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** For messages. */
    String shown() {
      return kind == Kind.END ? "its end" : "\"" + text + "\"";
    }
  }

  private Tokens(String text) {
    this.text = text;
  }

  static List<Token> of(String text) {
    Tokens tokens = new Tokens(text);
    tokens.cut();
    return tokens.tokens;
  }

  private void cut() {
    while (at < text.length()) {
      int start = at;
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '(' || c == ')' || c == ',') {
        at++;
        Kind kind = c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : Kind.COMMA;
        add(kind, String.valueOf(c), start);
      } else if (SIGNS.indexOf(c) >= 0) {
        while (at < text.length() && SIGNS.indexOf(text.charAt(at)) >= 0) {
          at++;
        }
        add(Kind.SIGN, text.substring(start, at), start);
      } else if (isQuote(c)) {
        add(Kind.QUOTED, quoted(), start);
      } else {
        word(start);
      }
    }
    add(Kind.END, "", text.length());
  }

  private void add(Kind kind, String content, int start) {
    tokens.add(new Token(kind, content, start + 1));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** A word that ends with a point takes the quoted name right after it: {@code metric."top 5"}. */
  private void word(int start) {
    while (at < text.length() && isOfWord(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    boolean named = word.endsWith(".") && at < text.length() && isQuote(text.charAt(at));
    add(Kind.WORD, named ? word + quoted() : word, start);
  }

  private static boolean isOfWord(char c) {
    return !Character.isWhitespace(c)
        && "(),".indexOf(c) < 0
        && SIGNS.indexOf(c) < 0
        && !isQuote(c);
  }

  /** A quote within is written twice. */
  private String quoted() {
    int start = at;
    char quote = text.charAt(at++);
    StringBuilder content = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        content.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        content.append(quote);
        at++;
      } else {
        return content.toString();
      }
    }
    throw new Invalid(
        "condition \"%s\", column %d: a quoted text begins here and doesn't end; expected another %s"
            .formatted(text, start + 1, quote));
  }
}
