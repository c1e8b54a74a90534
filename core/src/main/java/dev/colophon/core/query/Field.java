package dev.colophon.core.query;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of a run a condition looks at (docs/formats/where.md). */
public sealed interface Field {
  /** What can be compared with it. */
  Kind kind();

  /** As it is written in a condition. */
  String text();

  /** What a field is compared with. */
  enum Kind {
    TEXT,
    NUMBER,
    MOMENT,
    /** The set of tags: whether one is among them. */
    TAG,
    /** Numbers with numbers, texts with texts, truth values with truth values. */
    ANY
  }

  /** What every run has, or may have. */
  enum Column implements Field {
    STATE(Kind.TEXT),
    FLOW(Kind.TEXT),
    /** Name of the project; none of a flow that belongs to none. */
    PROJECT(Kind.TEXT),
    /** Of the project; of a flow that belongs to none, that of Git. */
    BRANCH(Kind.TEXT),
    /** Account of the person. */
    BY(Kind.TEXT),
    /** Of Git; equal to its first digits, four or more. */
    COMMIT(Kind.TEXT),
    NUMBER(Kind.NUMBER),
    /** From start to end; of a run that has ended. */
    SECONDS(Kind.NUMBER),
    STARTED(Kind.MOMENT),
    ENDED(Kind.MOMENT),
    TAG(Kind.TAG);

    private final Kind kind;

    Column(Kind kind) {
      this.kind = kind;
    }

    /** The column of this name. */
    public static Optional<Column> find(String name) {
      return Arrays.stream(values())
          .filter(column -> column.text().equals(name.toLowerCase(Locale.ROOT)))
          .findFirst();
    }

    @Override
    public Kind kind() {
      return kind;
    }

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The value that a run measured last under a name; NaN is none. */
  record Metric(String name) implements Field {
    /** How it is told from a column. */
    public static final String PREFIX = "metric.";

    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }

    @Override
    public String text() {
      return PREFIX + quoted(name);
    }
  }

  /** The value of a parameter. */
  record Param(String name) implements Field {
    /** How it is told from a metric. */
    public static final String PREFIX = "param.";

    @Override
    public Kind kind() {
      return Kind.ANY;
    }

    @Override
    public String text() {
      return PREFIX + quoted(name);
    }
  }

  /** The names of all columns. */
  static List<String> columns() {
    return Arrays.stream(Column.values()).map(Column::text).toList();
  }

  /**
   * Reads a name: of a column, {@code metric.NAME} or {@code param.NAME}; any other is that of a
   * metric.
   *
   * @throws Invalid if the name after the point is missing
   */
  static Field parse(String text) {
    Optional<Column> column = Column.find(text);
    if (column.isPresent()) {
      return column.get();
    }
    String name = text;
    boolean param = text.startsWith(Param.PREFIX);
    if (param || text.startsWith(Metric.PREFIX)) {
      name = text.substring(text.indexOf('.') + 1);
    }
    if (name.isEmpty()) {
      throw new Invalid("field \"%s\": expected a name after the point".formatted(text));
    }
    return param ? new Param(name) : new Metric(name);
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_.-]+") ? name : "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
