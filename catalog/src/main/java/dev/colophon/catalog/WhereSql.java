package dev.colophon.catalog;

import dev.colophon.core.query.Field;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.Value;
import dev.colophon.core.query.Where;
import dev.colophon.core.query.Where.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes conditions as SQL over the table {@code runs r}, every value of a person's bound, never
 * spelt. NULL, which a comparison with nothing gives, counts as false: a condition as a whole is
 * read so by WHERE, and below NOT it is made so by {@code IS NOT TRUE}.
 *
 * <p>What is kept beside the run is asked for as {@code r.id IN (…)}: SQLite reads the list from
 * the index behind it once, or looks each run up in it, whichever is less.
 */
final class WhereSql {
  /** The least text, the least blob: between them are the texts of a column of any type. */
  private static final String TEXTS = "plain >= '' AND plain < x''";

  private static final String NUMBERS = "plain < ''";

  private final List<Object> values;

  /**
   * @param values those of the parameters of the SQL so far, in order; more are added
   */
  WhereSql(List<Object> values) {
    this.values = values;
  }

  String of(Where where) {
    return switch (where) {
      case Where.And(List<Where> all) -> all.isEmpty() ? "TRUE" : joined(all, " AND ");
      case Where.Or(List<Where> any) -> any.isEmpty() ? "FALSE" : joined(any, " OR ");
      case Where.Not(Where other) -> "(" + of(other) + " IS NOT TRUE)";
      case Where.Compare(Field field, Op op, Value value) -> "(" + compare(field, op, value) + ")";
    };
  }

  private String joined(List<Where> parts, String word) {
    return parts.stream().map(this::of).collect(Collectors.joining(word, "(", ")"));
  }

  private String compare(Field field, Op op, Value value) {
    return switch (field) {
      case Field.Metric(String name) -> metric(name, op, (Value.Num) value);
      case Field.Param(String name) -> parameter(name, op, value);
      case Column column -> column(column, op, value);
    };
  }

  private String column(Column column, Op op, Value value) {
    return switch (value) {
      case Value.Text(String text) when column == Column.TAG -> tag(op, text);
      case Value.Text(String text) when column == Column.COMMIT && isBeginning(op, text) ->
          commit(op, text);
      case Value.Text(String text) -> text(expression(column), op, text);
      case Value.Num(double number) when column == Column.SECONDS ->
          expression(column) + sign(op) + bound(number * 1e9);
      case Value.Num(double number) -> expression(column) + sign(op) + bound(number);
      case Value.Span span -> span(expression(column), op, span);
      case Value.Bool bool -> throw new IllegalStateException(column + " is no truth value");
    };
  }

  /** What a column is in SQL. */
  static String expression(Column column) {
    return switch (column) {
      case STATE -> "r.state";
      case FLOW -> "r.flow";
      case PROJECT -> "r.project";
      case BRANCH -> "r.branch";
      case BY -> "r.started_by";
      case COMMIT -> "r.git_commit";
      case NUMBER -> "r.number";
      case SECONDS -> "(r.ended_at - r.started_at)";
      case STARTED -> "r.started_at";
      case ENDED -> "r.ended_at";
      case TAG -> throw new IllegalStateException("a run has several tags");
    };
  }

  private static boolean isBeginning(Op op, String text) {
    return (op == Op.EQ || op == Op.NE) && text.length() >= 4;
  }

  /** A commit begins with these digits; between them and the next letter lie all that do. */
  private String commit(Op op, String text) {
    int last = text.length() - 1;
    String next = text.substring(0, last) + (char) (text.charAt(last) + 1);
    return op == Op.EQ
        ? "r.git_commit >= " + bound(text) + " AND r.git_commit < " + bound(next)
        : "r.git_commit < " + bound(text) + " OR r.git_commit >= " + bound(next);
  }

  private String text(String expression, Op op, String text) {
    return op == Op.LIKE
        ? "instr(lower(" + expression + "), " + bound(lower(text)) + ") > 0"
        : expression + sign(op) + bound(text);
  }

  private String span(String expression, Op op, Value.Span span) {
    return switch (op) {
      case EQ ->
          "%s >= %s AND %s < %s"
              .formatted(expression, bound(span.from()), expression, bound(span.to()));
      case NE ->
          "%s < %s OR %s >= %s"
              .formatted(expression, bound(span.from()), expression, bound(span.to()));
      case LT -> expression + " < " + bound(span.from());
      case LE -> expression + " < " + bound(span.to());
      case GT -> expression + " >= " + bound(span.to());
      case GE -> expression + " >= " + bound(span.from());
      case LIKE -> throw new IllegalStateException("a moment is no text");
    };
  }

  private String tag(Op op, String text) {
    return "r.id IN (SELECT run_id FROM tags WHERE "
        + (op == Op.LIKE ? text("tag", op, text) : "tag = " + bound(text))
        + ")";
  }

  private String metric(String name, Op op, Value.Num number) {
    return "r.id IN (SELECT run_id FROM run_metrics WHERE name = "
        + bound(name)
        + " AND value"
        + sign(op)
        + bound(number.value())
        + ")";
  }

  private String parameter(String name, Op op, Value value) {
    return "r.id IN (SELECT run_id FROM parameters WHERE name = "
        + bound(name)
        + " AND "
        + switch (value) {
          case Value.Num(double number) -> "plain" + sign(op) + bound(number) + " AND " + NUMBERS;
          case Value.Text(String text) -> text("plain", op, text) + " AND " + TEXTS;
          case Value.Bool(boolean truth) -> "plain = " + bound(truthBytes(truth == (op == Op.EQ)));
          case Value.Span span -> throw new IllegalStateException("a parameter is no moment");
        }
        + ")";
  }

  /** How a truth value is kept in a column of any type. */
  static byte[] truthBytes(boolean truth) {
    return new byte[] {(byte) (truth ? 1 : 0)};
  }

  private static String sign(Op op) {
    return " " + op.text() + " ";
  }

  /** As SQLite's own lower() does it: ASCII only. */
  private static String lower(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  private String bound(Object value) {
    values.add(value);
    return "?";
  }

  /** The parts of a condition that all have to hold. */
  static List<Where> conjuncts(Where where) {
    if (where instanceof Where.And(List<Where> all)) {
      List<Where> parts = new ArrayList<>();
      all.forEach(part -> parts.addAll(conjuncts(part)));
      return parts;
    }
    return List.of(where);
  }
}
