package dev.colophon.core.query;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.query.Field.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A condition on runs. Each is true or false of a run: a comparison with something that the run
 * hasn't, or of what can't be compared, is false, and its opposite by {@link Not} therefore true.
 */
public sealed interface Where {
  /** True of every run. */
  static Where everything() {
    return new And(List.of());
  }

  /** All of them hold; none of them given, it holds. */
  record And(List<Where> all) implements Where {
    public And {
      all = List.copyOf(all);
    }
  }

  /** One of them holds; none of them given, it does not. */
  record Or(List<Where> any) implements Where {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** The other does not hold. */
  record Not(Where other) implements Where {}

  /** A field compared with a value. Texts are ordered by their code points. */
  record Compare(Field field, Op op, Value value) implements Where {
    public Compare {
      boolean fits =
          switch (field.kind()) {
            case TEXT -> value instanceof Value.Text;
            case TAG -> value instanceof Value.Text && (op == Op.EQ || op == Op.LIKE);
            case NUMBER -> value instanceof Value.Num && op != Op.LIKE;
            case MOMENT -> value instanceof Value.Span && op != Op.LIKE;
            case ANY ->
                switch (value) {
                  case Value.Num number -> op != Op.LIKE;
                  case Value.Text text -> true;
                  case Value.Bool bool -> op == Op.EQ || op == Op.NE;
                  case Value.Span span -> false;
                };
          };
      if (!fits) {
        throw new Invalid(
            "condition %s %s %s: the field can't be compared so".formatted(field, op, value));
      }
    }
  }

  /** How two values are compared. */
  enum Op {
    EQ("="),
    /** Another value of the same kind. */
    NE("!="),
    LT("<"),
    LE("<="),
    GT(">"),
    GE(">="),
    /** The text contains the other; ASCII letters are equal whatever their case. */
    LIKE("~");

    private final String text;

    Op(String text) {
      this.text = text;
    }

    /** As it is written in a condition. */
    public String text() {
      return text;
    }

    /** The comparison that is written so. */
    public static Optional<Op> find(String text) {
      return Arrays.stream(values()).filter(op -> op.text.equals(text)).findFirst();
    }
  }

  /** A field has a value: the comparison that the quick options of a listing stand for. */
  static Where equal(Column field, String text) {
    return new Compare(field, Op.EQ, new Value.Text(text));
  }

  /** Both hold. */
  default Where and(Where other) {
    return equals(everything())
        ? other
        : other.equals(everything()) ? this : new And(List.of(this, other));
  }

  /**
   * A run bears a tag: one that a person gave it, or one that every run bears by itself, such as
   * {@code user:ana}, {@code flow:FlightDelays}, {@code project:flights}, {@code branch:main},
   * {@code commit:3f2c1a9}.
   *
   * @throws Invalid if it can be neither
   */
  static Where tagged(String tag) {
    int colon = tag.indexOf(':');
    if (colon < 0) {
      return equal(Column.TAG, tag);
    }
    Column column =
        Optional.ofNullable(SystemTags.COLUMNS.get(tag.substring(0, colon)))
            .orElseThrow(
                () ->
                    new Invalid(
                        "tag \"%s\": expected a name, or one of the tags that runs bear by themselves: %s"
                            .formatted(tag, SystemTags.SHAPES)));
    return equal(column, tag.substring(colon + 1));
  }

  /** Whether a condition says anything about this field. */
  default boolean mentions(Field field) {
    return switch (this) {
      case And(List<Where> all) -> all.stream().anyMatch(part -> part.mentions(field));
      case Or(List<Where> any) -> any.stream().anyMatch(part -> part.mentions(field));
      case Not(Where other) -> other.mentions(field);
      case Compare compare -> compare.field().equals(field);
    };
  }

  /** The tags that runs bear by themselves. */
  final class SystemTags {
    /** What each looks at, by what comes before its colon. */
    public static final Map<String, Column> COLUMNS =
        Map.of(
            "user",
            Column.BY,
            "flow",
            Column.FLOW,
            "project",
            Column.PROJECT,
            "branch",
            Column.BRANCH,
            "commit",
            Column.COMMIT);

    /** For messages. */
    public static final String SHAPES = "user:…, flow:…, project:…, branch:…, commit:…";

    private SystemTags() {}
  }
}
