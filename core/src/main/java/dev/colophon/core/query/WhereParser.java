package dev.colophon.core.query;

import dev.colophon.core.Nearest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.Tokens.Token;
import dev.colophon.core.query.Where.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads conditions (docs/formats/where.md). Stateless but for the text that it reads. */
public final class WhereParser {
  /** Comparisons in one condition, and parentheses in each other. */
  static final int MOST = 200;

  private static final int DEEPEST = 50;

  private static final List<String> STATES =
      List.of("running", "completed", "failed", "cancelled", "lost");

  private final String text;
  private final Spans spans;
  private final List<Token> tokens;
  private int at;
  private int comparisons;
  private int depth;

  private WhereParser(String text, Spans spans) {
    this.text = text;
    this.spans = spans;
    this.tokens = Tokens.of(text);
  }

  /**
   * Reads a condition; an empty one holds for every run.
   *
   * @param spans how times are read
   * @throws Invalid if it is none, naming the column, what was found and what was expected
   */
  public static Where parse(String text, Spans spans) {
    if (text.isBlank()) {
      return Where.everything();
    }
    WhereParser parser = new WhereParser(text, spans);
    Where where = parser.or();
    if (parser.peek().kind() != Tokens.Kind.END) {
      throw parser.refused(parser.peek(), "and, or, or the end");
    }
    return where;
  }

  private Where or() {
    List<Where> any = new ArrayList<>(List.of(and()));
    while (peek().is("or")) {
      next();
      any.add(and());
    }
    return any.size() == 1 ? any.getFirst() : new Where.Or(any);
  }

  private Where and() {
    List<Where> all = new ArrayList<>(List.of(not()));
    while (peek().is("and")) {
      next();
      all.add(not());
    }
    return all.size() == 1 ? all.getFirst() : new Where.And(all);
  }

  private Where not() {
    if (peek().is("not")) {
      Token word = next();
      return new Where.Not(deeper(word, this::not));
    }
    if (peek().kind() != Tokens.Kind.OPEN) {
      return comparison();
    }
    Token open = next();
    Where inner = deeper(open, this::or);
    expect(Tokens.Kind.CLOSE, ")");
    return inner;
  }

  private Where deeper(Token from, Supplier<Where> inner) {
    if (++depth > DEEPEST) {
      throw at(from, "nested more than %d deep; write it flatter".formatted(DEEPEST));
    }
    Where where = inner.get();
    depth--;
    return where;
  }

  private Where comparison() {
    Token name = next();
    if (++comparisons > MOST) {
      throw at(name, "more than %d comparisons; ask in parts".formatted(MOST));
    }
    if (name.kind() != Tokens.Kind.WORD && name.kind() != Tokens.Kind.QUOTED) {
      throw refused(name, "a field, not or (");
    }
    Field field = field(name);
    Token sign = next();
    if (sign.is("in")) {
      return in(name, field);
    }
    if (sign.is("not") && peek().is("in")) {
      next();
      return new Where.Not(in(name, field));
    }
    Op op = op(sign, field, name);
    return compare(name, field, op, sign, value());
  }

  private Field field(Token name) {
    if (name.kind() == Tokens.Kind.QUOTED) {
      return new Field.Metric(name.text());
    }
    try {
      return Field.parse(name.text());
    } catch (Invalid e) {
      throw at(name, e.text());
    }
  }

  private Op op(Token sign, Field field, Token name) {
    if (sign.is("like")) {
      return Op.LIKE;
    }
    if (sign.kind() == Tokens.Kind.SIGN) {
      return Op.find(sign.text())
          .orElseThrow(
              () ->
                  refused(
                      sign,
                      switch (sign.text()) {
                        case "==" -> "=";
                        case "<>" -> "!=";
                        default -> "one of = != < <= > >= ~";
                      }));
    }
    String expected = "one of = != < <= > >= ~ in after \"%s\"".formatted(name.text());
    throw field instanceof Field.Metric ? unknown(name, sign, expected) : refused(sign, expected);
  }

  private Where in(Token name, Field field) {
    expect(Tokens.Kind.OPEN, "( after in");
    List<Where> any = new ArrayList<>();
    Token sign = new Token(Tokens.Kind.SIGN, "=", peek().column());
    do {
      if (!any.isEmpty()) {
        next();
        if (++comparisons > MOST) {
          throw at(peek(), "more than %d comparisons; ask in parts".formatted(MOST));
        }
      }
      any.add(compare(name, field, Op.EQ, sign, value()));
    } while (peek().kind() == Tokens.Kind.COMMA);
    expect(Tokens.Kind.CLOSE, ", or )");
    return new Where.Or(any);
  }

  private Token value() {
    Token value = next();
    if (value.kind() != Tokens.Kind.WORD && value.kind() != Tokens.Kind.QUOTED) {
      throw refused(value, "a value");
    }
    return value;
  }

  private Where compare(Token name, Field field, Op op, Token sign, Token value) {
    return switch (field.kind()) {
      case TAG -> tag(op, sign, value);
      case TEXT -> new Where.Compare(field, op, new Value.Text(word(field, op, value)));
      case NUMBER -> new Where.Compare(field, noLike(op, sign, field), number(name, field, value));
      case MOMENT ->
          new Where.Compare(
              field,
              noLike(op, sign, field),
              spans.find(value.text()).orElseThrow(() -> refused(value, Spans.SHAPES)));
      case ANY -> any(field, op, sign, value);
    };
  }

  private Where tag(Op op, Token sign, Token value) {
    try {
      return switch (op) {
        case EQ -> Where.tagged(value.text());
        case NE -> new Where.Not(Where.tagged(value.text()));
        case LIKE -> new Where.Compare(Column.TAG, op, new Value.Text(value.text()));
        case LT, LE, GT, GE -> throw refused(sign, "one of = != ~ in after \"tag\"");
      };
    } catch (Invalid e) {
      throw e.text().startsWith("condition") ? e : at(value, e.text());
    }
  }

  private String word(Field field, Op op, Token value) {
    if (field == Column.STATE && op != Op.LIKE && !STATES.contains(value.text())) {
      throw refused(
          value, "one of %s%s".formatted(String.join(", ", STATES), meant(value.text(), STATES)));
    }
    return value.text();
  }

  private Op noLike(Op op, Token sign, Field field) {
    if (op == Op.LIKE) {
      throw refused(sign, "one of = != < <= > >= in after \"%s\"".formatted(field.text()));
    }
    return op;
  }

  private Value number(Token name, Field field, Token value) {
    if (value.kind() == Tokens.Kind.WORD) {
      if (isNumber(value.text())) {
        return new Value.Num(Double.parseDouble(value.text()));
      }
      if (value.is("infinity") || value.is("-infinity")) {
        return new Value.Num(
            value.text().startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      }
    }
    String expected = "a number to compare %s with".formatted(field.text());
    throw field instanceof Field.Metric && !name.text().startsWith(Field.Metric.PREFIX)
        ? unknown(name, value, expected)
        : refused(value, expected);
  }

  private static boolean isNumber(String text) {
    return text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  }

  private Where any(Field field, Op op, Token sign, Token token) {
    String word = token.text();
    Value value = new Value.Text(word);
    if (token.kind() == Tokens.Kind.WORD && op != Op.LIKE) {
      if (isNumber(word)) {
        value = new Value.Num(Double.parseDouble(word));
      } else if (token.is("true") || token.is("false")) {
        value = new Value.Bool(token.is("true"));
      }
    }
    if (value instanceof Value.Bool && op != Op.EQ && op != Op.NE) {
      throw refused(sign, "= or != before %s".formatted(word.toLowerCase(Locale.ROOT)));
    }
    return new Where.Compare(field, op, value);
  }

  /**
   * A bare name that is no field is a metric; a text beside it says that it was meant otherwise.
   */
  private Invalid unknown(Token name, Token found, String expected) {
    return at(
        found,
        "found %s, expected %s; \"%s\" is none of the fields %s, so it names a metric%s"
            .formatted(
                found.shown(),
                expected,
                name.text(),
                String.join(", ", Field.columns()),
                meant(name.text(), Field.columns())));
  }

  private static String meant(String written, List<String> names) {
    return Nearest.closest(written, names).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  private void expect(Tokens.Kind kind, String what) {
    Token found = next();
    if (found.kind() != kind) {
      throw refused(found, what);
    }
  }

  private Invalid refused(Token found, String expected) {
    return at(found, "found %s, expected %s".formatted(found.shown(), expected));
  }

  private Invalid at(Token token, String what) {
    return new Invalid("condition \"%s\", column %d: %s".formatted(text, token.column(), what));
  }
}
