package dev.colophon.testkit;

import dev.colophon.core.Page;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.core.query.Field;
import dev.colophon.core.query.Field.Column;
import dev.colophon.core.query.RunOrder;
import dev.colophon.core.query.RunQuery;
import dev.colophon.core.query.Value;
import dev.colophon.core.query.Where;
import dev.colophon.core.query.Where.Op;
import dev.colophon.core.run.RunRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Conditions and orders, run by run: what they mean, spelt out.
 *
 * @param runs in the order in which they were recorded
 */
record MemorySearch(List<MemoryRun> runs) {
  Page<RunRecord> page(RunQuery query) {
    List<MemoryRun> sorted = sorted(query.order());
    int from = query.after().map(last -> 1 + place(sorted, last)).orElse(0);
    List<RunRecord> rest =
        sorted.subList(from, sorted.size()).stream()
            .filter(run -> holds(query.where(), run))
            .map(MemoryRun::record)
            .limit(query.limit() + 1L)
            .toList();
    List<RunRecord> page = rest.subList(0, Math.min(rest.size(), query.limit()));
    return new Page<>(
        page,
        rest.size() > page.size() ? Optional.of(page.getLast().id().toString()) : Optional.empty());
  }

  private static int place(List<MemoryRun> sorted, String last) {
    int place = sorted.stream().map(run -> run.record().id().toString()).toList().indexOf(last);
    if (place < 0) {
      throw new Invalid("--after \"%s\": no such run".formatted(last));
    }
    return place;
  }

  /** A value to sort by: of what kind first, then which. */
  private sealed interface Key {
    record Numeric(double value) implements Key {}

    record Moment(Instant value) implements Key {}

    record Letters(String value) implements Key {}

    record Truth(boolean value) implements Key {}
  }

  private List<MemoryRun> sorted(RunOrder order) {
    Comparator<Keyed> byKey = Comparator.comparing(Keyed::key, MemorySearch::compare);
    List<MemoryRun> inOrder = order.descending() ? runs.reversed() : runs;
    List<MemoryRun> all =
        new ArrayList<>(
            inOrder.stream()
                .flatMap(run -> key(order.field(), run).map(key -> new Keyed(key, run)).stream())
                .sorted(order.descending() ? byKey.reversed() : byKey)
                .map(Keyed::run)
                .toList());
    all.addAll(inOrder.stream().filter(run -> key(order.field(), run).isEmpty()).toList());
    return all;
  }

  private record Keyed(Key key, MemoryRun run) {}

  private static int compare(Key a, Key b) {
    if (a instanceof Key.Numeric(double left) && b instanceof Key.Numeric(double right)) {
      return Double.compare(left, right);
    }
    if (a instanceof Key.Moment(Instant left) && b instanceof Key.Moment(Instant right)) {
      return left.compareTo(right);
    }
    if (a instanceof Key.Letters(String left) && b instanceof Key.Letters(String right)) {
      return byCodePoint(left, right);
    }
    if (a instanceof Key.Truth(boolean left) && b instanceof Key.Truth(boolean right)) {
      return Boolean.compare(left, right);
    }
    return Integer.compare(kind(a), kind(b));
  }

  private static int kind(Key key) {
    return switch (key) {
      case Key.Numeric number -> 0;
      case Key.Moment moment -> 1;
      case Key.Letters letters -> 2;
      case Key.Truth truth -> 3;
    };
  }

  private static int byCodePoint(String left, String right) {
    return Arrays.compareUnsigned(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Key> key(Field field, MemoryRun run) {
    return switch (field) {
      case Field.Metric(String name) ->
          run.measured(name).stream().<Key>mapToObj(Key.Numeric::new).findFirst();
      case Field.Param(String name) ->
          Optional.ofNullable(run.record().parameters().get(name)).flatMap(MemorySearch::key);
      case Column column -> key(column, run.record());
    };
  }

  private static Optional<Key> key(Json value) {
    return switch (value) {
      case Json.Num(String digits) -> Optional.of(new Key.Numeric(Double.parseDouble(digits)));
      case Json.Str(String text) -> Optional.of(new Key.Letters(text));
      case Json.Bool(boolean truth) -> Optional.of(new Key.Truth(truth));
      case Json.Obj object -> Optional.empty();
      case Json.Arr array -> Optional.empty();
      case Json.Null nothing -> Optional.empty();
    };
  }

  private static Optional<Key> key(Column column, RunRecord run) {
    return switch (column) {
      case STATE -> Optional.of(new Key.Letters(run.state().text()));
      case FLOW -> Optional.of(new Key.Letters(run.id().flow().text()));
      case PROJECT -> run.place().project().map(name -> new Key.Letters(name.text()));
      case BRANCH -> run.place().branch().map(Key.Letters::new);
      case BY -> Optional.of(new Key.Letters(run.by()));
      case COMMIT -> run.place().commit().map(Key.Letters::new);
      case NUMBER -> Optional.of(new Key.Numeric(run.id().number()));
      case SECONDS ->
          run.endedAt()
              .map(end -> new Key.Numeric(Duration.between(run.startedAt(), end).toNanos() / 1e9));
      case STARTED -> Optional.of(new Key.Moment(run.startedAt()));
      case ENDED -> run.endedAt().map(Key.Moment::new);
      case TAG -> Optional.empty();
    };
  }

  private static boolean holds(Where where, MemoryRun run) {
    return switch (where) {
      case Where.And(List<Where> all) -> all.stream().allMatch(part -> holds(part, run));
      case Where.Or(List<Where> any) -> any.stream().anyMatch(part -> holds(part, run));
      case Where.Not(Where other) -> !holds(other, run);
      case Where.Compare(Field field, Op op, Value.Text(String tag)) when field == Column.TAG ->
          run.record().tags().stream()
              .anyMatch(name -> op == Op.EQ ? name.text().equals(tag) : contains(name.text(), tag));
      case Where.Compare compare ->
          key(compare.field(), run).map(key -> holds(compare, key)).orElse(false);
    };
  }

  private static boolean holds(Where.Compare compare, Key key) {
    Op op = compare.op();
    return switch (compare.value()) {
      case Value.Num(double value) ->
          key instanceof Key.Numeric(double found) && holds(op, Double.compare(found, value));
      case Value.Bool(boolean value) ->
          key instanceof Key.Truth(boolean found) && holds(op, Boolean.compare(found, value));
      case Value.Text(String value) ->
          key instanceof Key.Letters(String found) && holds(compare.field(), op, found, value);
      case Value.Span(Instant from, Instant to) ->
          key instanceof Key.Moment(Instant at) && holds(op, order(at, from, to));
    };
  }

  private static boolean holds(Field field, Op op, String found, String value) {
    if (op == Op.LIKE) {
      return contains(found, value);
    }
    boolean beginning = field == Column.COMMIT && value.length() >= 4;
    if (beginning && op == Op.EQ) {
      return found.startsWith(value);
    }
    if (beginning && op == Op.NE) {
      return !found.startsWith(value);
    }
    return holds(op, byCodePoint(found, value));
  }

  private static int order(Instant at, Instant from, Instant to) {
    if (at.isBefore(from)) {
      return -1;
    }
    return at.isBefore(to) ? 0 : 1;
  }

  private static boolean contains(String text, String part) {
    return ascii(text).contains(ascii(part));
  }

  /** Capitals of ASCII, and no others, made small. */
  private static String ascii(String text) {
    StringBuilder small = new StringBuilder();
    text.chars().forEach(c -> small.append((char) (c >= 'A' && c <= 'Z' ? c + 32 : c)));
    return small.toString();
  }

  private static boolean holds(Op op, int order) {
    return switch (op) {
      case EQ -> order == 0;
      case NE -> order != 0;
      case LT -> order < 0;
      case LE -> order <= 0;
      case GT -> order > 0;
      case GE -> order >= 0;
      case LIKE -> false;
    };
  }
}
