package dev.colophon.cli.run;

/** How many columns of a terminal a text takes. */
final class Columns {
  private Columns() {}

  /**
   * The text, cut where it takes more columns than this. Of what can't be seen, which might move
   * the cursor, a blank is left.
   */
  static String cut(String text, int columns) {
    StringBuilder cut = new StringBuilder();
    int taken = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int letter = text.codePointAt(i);
      int shown = Character.isISOControl(letter) ? ' ' : letter;
      taken += width(shown);
      if (taken > columns) {
        break;
      }
      cut.appendCodePoint(shown);
    }
    return cut.toString();
  }

  /** Two for East Asian letters and for emoji, at most; none for what joins the letter before. */
  private static int width(int letter) {
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide = letter >= 0x1100 && (letter <= 0x115F || letter >= 0x2E80);
    return wide ? 2 : 1;
  }
}
