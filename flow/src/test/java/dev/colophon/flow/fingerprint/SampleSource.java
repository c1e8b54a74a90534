package dev.colophon.flow.fingerprint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * A flow and its helpers that use much of the language, written down in any of many ways that do
 * the same. Names of local variables begin with {@code §}; what stands between {@code ---} lines
 * may stand in any order.
 */
final class SampleSource {
  private static final String IMPORTS =
      """
      import dev.colophon.flow.*;
      import java.util.*;
      import java.util.function.*;
      import java.util.stream.*;
      """;

  private static final Pattern TYPE =
      Pattern.compile("(@Flow|(final |abstract |sealed )?(class|enum|record|interface)) ");

  private static final String UNRELATED =
      """
      static int unrelated(int §n) {
        final int §k = 3;
        Runnable §r = () -> {};
        Object §o = new Object() { public int hashCode() { return §n + §k; } };
        IntSupplier §s = () -> §n + 1;
        class Local { int get() { return §n; } }
        switch (Kind.values()[0]) { case THIRD: return 1; case SECOND: return 2; default: }
        §r.run();
        return §o.hashCode() + §s.getAsInt() + new Local().get();
      }
      """;

  private static final Map<String, String> FILES = new LinkedHashMap<>();

  private SampleSource() {}

  static {
    FILES.put(
        "Sample.java",
        """
        @Flow public class Sample {
        ---
        @Param int months = 6;
        ---
        @Param String title = "flights";
        ---
        @Param double bar = Defaults.bar();
        ---
        static final Map<String, Integer> RANKS = ranks();
        ---
        private static Map<String, Integer> ranks() {
          var §map = new TreeMap<String, Integer>();
          §map.put("gold", 1);
          §map.put("silver", 2);
          return §map;
        }
        ---
        @Step List<Row> rows() {
          var §rows = new ArrayList<Row>();
          for (int §i = 0; §i < 12; §i++) {
            final int §limit = 5;
            final double §half = 0.5;
            int §mod = §i % §limit;
            String §name = §i % 2 == 0 ? "even" + §i : "odd" + §i;
            §rows.add(new Row(§name, §mod * §half, Kind.of(§i)));
          }
          for (int §j = 0; §j < 2; §j++) { §rows.add(new Row("r" + §j, §j, Kind.FIRST)); }
          return §rows;
        }
        ---
        @Step double mean(List<Row> rows) {
          return rows.stream().mapToDouble(§row -> §row.value() * 2).filter(§v -> §v > 0.5)
              .map(Numbers::half).average().orElse(-1);
        }
        ---
        @Step Map<Kind, Integer> counts(List<Row> rows) {
          var §counts = new EnumMap<Kind, Integer>(Kind.class);
          for (Row §row : rows) { §counts.merge(§row.kind(), §row.kind().weight(), Integer::sum); }
          return §counts;
        }
        ---
        @Step List<Shape> shapes(List<Row> rows) {
          return rows.stream().map(§row -> Shapes.of(§row)).sorted(new ByArea()).toList();
        }
        ---
        @Step String describe(List<Shape> shapes) {
          var §text = new StringBuilder(title);
          for (Shape §shape : shapes) { §text.append('|').append(Shapes.describe(§shape)); }
          return §text.toString();
        }
        ---
        @Step long total(List<Shape> shapes, int months) {
          Visitor<Long> §visitor = new Visitor<>() {
            private long seen;
            @Override public Long visit(Shape §shape) {
              seen += Math.round(§shape.area() * months);
              return seen;
            }
          };
          long §last = 0;
          for (Shape §shape : shapes) { §last = §visitor.visit(§shape); }
          return §last;
        }
        ---
        @Step List<String> words(String describe) {
          return new Words(describe).stream().map(String::trim).map(this::label).toList();
        }
        ---
        private String label(String §word) {
          class Cutter {
            final int most;
            Cutter(int §most) { this.most = §most; }
            String cut() { return §word.length() > most ? §word.substring(0, most) : §word; }
          }
          return new Cutter(months).cut();
        }
        ---
        @Step int ranked(List<String> words) {
          int §sum = 0;
          for (String §word : words) {
            §sum += switch (§word) {
              case "flight" -> 100;
              case "circle" -> RANKS.get("gold");
              case "square" -> RANKS.get("silver");
              default -> Limits.LOWEST + §word.length();
            };
          }
          return §sum;
        }
        ---
        @Step boolean enough(double mean) { return mean > bar || Limits.isHigh(mean); }
        ---
        @Step int guarded(double mean, int ranked) {
          int §tries = 0;
          try {
            §tries = Numbers.checked(ranked, (int) mean);
          } catch (TooLow §e) {
            §tries = -§e.by();
          } finally {
            §tries += 1;
          }
          return §tries;
        }
        ---
        @Step String report(int guarded, long total, boolean enough) {
          Scorer §scorer = §x -> §x * 3;
          Supplier<Report> §make = Report::new;
          var §report = §make.get().add("guarded", guarded).add("total", total);
          §report.add("score", §scorer.twice().score(guarded)).add("enough", enough ? 1 : 0);
          return §report.toString() + new Outer(4).inner().sum();
        }
        ---
        @Step Summary summary(Map<Kind, Integer> counts, String title) {
          return new Summary(title, counts.getOrDefault(Kind.SECOND, 0), Optional.of(Level.LOW));
        }
        ---
        @Step List<Long> series(int reread) {
          var §found = new ArrayList<Long>();
          outer:
          for (long §n = reread; ; §n = §n * 31 + 7) {
            long §low = §n & 0xff;
            do {
              §low -= 3;
              if (§low % 5 == 0 && §found.size() > 2) { continue outer; }
            } while (§low > 100);
            §found.add(§low < 0 ? -§low << 1 : §low ^ 0x55L);
            if (§found.size() >= 8 || §found.contains(85L)) { break; }
          }
          return §found;
        }
        ---
        @Step Ledger ledger(List<Long> series) {
          try (var §book = new Book("main", 2, 3, 5)) {
            for (Long §each : series) { §book.enter(§each); }
            return §book.close(series.size());
          }
        }
        ---
        @Step String cipher(Ledger ledger, String describe) {
          Codec<String> §codec = ledger.balance() > 100 ? new Shift(3) : new Reverse();
          Pair<String, Integer> §pair = Pair.of(§codec.encode(describe), ledger.entries());
          return "" + §pair.mapFirst(§text -> §text.substring(0, Math.min(9, §text.length())))
              + Tree.of(5, 2, 8, 1).depth() + Tree.of(3).toString();
        }
        ---
        @Step int reread(Summary summary) {
          return summary.count() + summary.level().map(Level::rank).orElse(-1);
        }
        }
        """);
    FILES.put(
        "Types.java",
        """
        enum Kind {
          FIRST { @Override int weight() { return 1; } },
          SECOND { @Override int weight() { return 2 + super.weight(); } },
          THIRD;
        ---
        int weight() { return 5; }
        ---
        static Kind of(int §n) { return values()[§n % 3]; }
        }
        enum Level {
          LOW(1), HIGH(7);
          private final int rank;
        ---
        Level(int §rank) { this.rank = §rank * 2; }
        ---
        int rank() { return rank; }
        }
        record Row(String name, double value, Kind kind) {
        ---
        Row { if (value > 2) { value = 2; } }
        ---
        @Override public String name() { return name.toUpperCase(Locale.ROOT); }
        }
        record Summary(String title, int count, Optional<Level> level) {
        ---
        Summary { title = title + "!"; }
        ---
        @Override public int count() { return count + 10; }
        }
        sealed interface Shape permits Round, Square {
        ---
        double area();
        ---
        default double edge() { return Math.sqrt(area()) + 0.25; }
        }
        sealed interface Round extends Shape permits Circle, Oval { }
        record Circle(double radius) implements Round {
        ---
        @Override public double area() { return Math.PI * radius * radius; }
        }
        record Oval(double a, double b) implements Round {
        ---
        @Override public double area() { return Math.PI * a * b; }
        ---
        @Override public double edge() { return a + b; }
        }
        record Square(double side) implements Shape {
        ---
        static int made = 1;
        ---
        Square { if (side < 0) { throw new IllegalArgumentException("side " + side); } made++; }
        ---
        @Override public double area() { return side * side; }
        }
        interface Visitor<R> {
        ---
        R visit(Shape shape);
        }
        """);
    FILES.put(
        "Helpers.java",
        """
        final class Defaults {
        ---
        static double bar() { return 0.6; }
        }
        final class Numbers {
        ---
        static double half(double §x) { return §x / 2; }
        ---
        static int checked(int §ranked, int §low) throws TooLow {
          if (§ranked < 40 + §low) { throw new TooLow(40 - §ranked); }
          int §steps = 0;
          for (int §n = §ranked; §n != 1 && §steps < 50; §steps++) {
            §n = (§n & 1) == 0 ? §n >> 1 : 3 * §n + 1;
          }
          return §steps;
        }
        }
        class TooLow extends Exception {
          private static final long serialVersionUID = 1;
          private final int by;
        ---
        TooLow(int by) { super("too low"); this.by = by; }
        ---
        int by() { return by + getMessage().length(); }
        }
        interface Limits {
          int LOWEST = 3;
          double HIGH = Numbers.half(5);
        ---
        static boolean isHigh(double §x) { return §x >= HIGH; }
        }
        class Shapes {
        ---
        static Shape of(Row §row) {
          switch (§row.kind()) {
            case FIRST: return new Circle(§row.value());
            case SECOND: return new Square(§row.value() + 1);
            default: return new Oval(§row.value(), 1);
          }
        }
        ---
        static String describe(Shape §shape) {
          return switch (§shape) {
            case Circle(double §radius) when §radius > 1 -> "circle " + §radius;
            case Circle §circle -> "circle";
            case Oval §oval -> "oval " + Math.round(§oval.edge() * 10);
            case Square §square -> "square " + colour(Math.round(§square.edge()) > 1 ? Level.HIGH : Level.LOW);
          };
        }
        ---
        private static String colour(Level §level) {
          return switch (§level) { case LOW -> "red"; case HIGH -> "blue"; };
        }
        }
        class ByArea implements Comparator<Shape> {
        ---
        @Override public int compare(Shape §one, Shape §two) {
          int §c = Double.compare(§one.area(), §two.area());
          return §c != 0 ? §c : §one.toString().compareTo(§two.toString());
        }
        }
        class Words implements Iterable<String> {
          private final String text;
        ---
        Words(String text) { this.text = text; }
        ---
        @Override public Iterator<String> iterator() {
          return new Iterator<String>() {
            private int at;
            @Override public boolean hasNext() { return at < text.length(); }
            @Override public String next() {
              int §end = text.indexOf('|', at);
              if (§end < 0) { §end = text.length(); }
              String §word = text.substring(at, §end);
              at = §end + 1;
              return §word;
            }
          };
        }
        ---
        Stream<String> stream() { return StreamSupport.stream(spliterator(), false); }
        }
        """);
    FILES.put(
        "Extra.java",
        """
        record Ledger(String owner, long balance, int entries) {
        ---
        Ledger(String owner, long balance) { this(owner, balance, 0); }
        ---
        static Ledger empty(String §owner) { return new Ledger(§owner, 1L); }
        ---
        Ledger plus(long §amount) { return new Ledger(owner, balance + §amount, entries + 1); }
        }
        class Book implements AutoCloseable {
          private final int[] weights;
          private Ledger ledger;
          private int turn;
          { turn = 1; }
        ---
        Book(String §owner, int... §weights) { this.weights = §weights; ledger = Ledger.empty(§owner); }
        ---
        void enter(long §amount) {
          int §weight = weights[turn++ % weights.length];
          ledger = ledger.plus(§amount * §weight >= 400 ? 400 : §amount * §weight);
        }
        ---
        Ledger close(int §bonus) { ledger = ledger.plus(§bonus); return ledger; }
        ---
        @Override public void close() { turn = 0; }
        }
        interface Codec<T> {
        ---
        T encode(T value);
        ---
        default T twice(T §value) { return encode(encode(§value)); }
        }
        class Shift implements Codec<String> {
          private final int by;
        ---
        Shift(int by) { this.by = by; }
        ---
        @Override public String encode(String §value) {
          char[] §chars = §value.toCharArray();
          for (int §i = 0; §i < §chars.length; §i++) {
            if (Character.isLetter(§chars[§i])) { §chars[§i] = (char) (§chars[§i] + by); }
          }
          return new String(§chars);
        }
        }
        class Reverse implements Codec<String> {
        ---
        @Override public String encode(String §value) { return new StringBuilder(§value).reverse().toString(); }
        }
        final class Pair<A, B> {
          private final A first;
          private final B second;
        ---
        private Pair(A first, B second) { this.first = first; this.second = second; }
        ---
        static <A, B> Pair<A, B> of(A §a, B §b) { return new Pair<>(§a, §b); }
        ---
        <C> Pair<C, B> mapFirst(Function<? super A, ? extends C> §f) { return of(§f.apply(first), second); }
        ---
        @Override public String toString() { return "(" + first + "/" + second + ")"; }
        }
        abstract class Tree {
        ---
        static Tree of(int... §values) {
          Tree §tree = new Leaf();
          for (int §value : §values) { §tree = §tree.with(§value); }
          return §tree;
        }
        ---
        abstract Tree with(int value);
        ---
        abstract int depth();
        ---
        private static class Leaf extends Tree {
          @Override Tree with(int §value) { return new Node(this, §value, this); }
          @Override int depth() { return 0; }
          @Override public String toString() { return "."; }
        }
        ---
        private static class Node extends Tree {
          private final Tree left;
          private final int value;
          private final Tree right;
          Node(Tree left, int value, Tree right) { this.left = left; this.value = value; this.right = right; }
          @Override Tree with(int §other) {
            if (§other == value) { return this; }
            return §other < value ? new Node(left.with(§other), value, right) : new Node(left, value, right.with(§other));
          }
          @Override int depth() { return 1 + Math.max(left.depth(), right.depth()); }
          @Override public String toString() { return left + "" + value + right; }
        }
        }
        """);
    FILES.put(
        "More.java",
        """
        interface Scorer {
        ---
        int score(int x);
        ---
        default Scorer twice() { return §x -> score(score(§x)) - 1; }
        }
        abstract class Lines<S extends Lines<S>> {
          protected final List<String> lines = new ArrayList<>();
        ---
        abstract S self();
        ---
        S add(String §name, Object §value) { lines.add(line(§name, §value)); return self(); }
        ---
        protected String line(String §name, Object §value) { return §name + "=" + §value; }
        }
        class Report extends Lines<Report> {
          private static int made;
          static { made = 3; }
        ---
        Report() { made++; }
        ---
        @Override Report self() { return this; }
        ---
        @Override protected String line(String §name, Object §value) {
          return made + ":" + super.line(§name, §value) + unused();
        }
        ---
        private String unused() { return lines.size() > 100 ? "many" : ""; }
        ---
        @Override public String toString() { return String.join(",", lines); }
        }
        class Outer {
          private final int base;
        ---
        Outer(int base) { this.base = base; }
        ---
        Inner inner() { return new Inner(); }
        ---
        class Inner {
          private int step = 2;
          int sum() { int §s = 0; for (int §i = 0; §i < base; §i += step) { §s += §i * base; } return §s; }
        }
        ---
        static class Never { int never() { return 99; } }
        }
        """);
  }

  /** How to write it down. */
  record Style(long seed, boolean reorder, boolean rename, boolean airy, boolean more) {
    static final Style PLAIN = new Style(0, false, false, false, false);
  }

  /** The source files by name. */
  static Map<String, String> files(Style style) {
    var random = new Random(style.seed);
    Map<String, String> files = new LinkedHashMap<>();
    FILES.forEach((name, text) -> files.put(name, IMPORTS + written(text, style, random)));
    return files;
  }

  private static String written(String template, Style style, Random random) {
    var out = new StringBuilder();
    List<String> types = types(template);
    if (style.reorder) {
      Collections.shuffle(types, random);
    }
    types.forEach(type -> out.append(type(type, style, random)));
    var text = out.toString().replace("§", style.rename ? "other" + style.seed + "_" : "");
    return style.airy ? text.replace("{", "{ // a comment\n\n").replace(";", " ; /* b */\n") : text;
  }

  private static List<String> types(String template) {
    List<String> types = new ArrayList<>();
    var current = new StringBuilder();
    var previous = "";
    for (String line : template.split("\n", -1)) {
      if (TYPE.matcher(line).lookingAt() && !previous.equals("---") && current.length() > 0) {
        types.add(current.toString());
        current.setLength(0);
      }
      current.append(line).append('\n');
      previous = line;
    }
    types.add(current.toString());
    return types;
  }

  private static String type(String text, Style style, Random random) {
    List<String> parts = new ArrayList<>(List.of(text.split("\n---\n", -1)));
    if (parts.size() == 1) {
      return text;
    }
    var head = parts.removeFirst();
    var last = parts.removeLast();
    int end = last.lastIndexOf("\n}");
    parts.add(last.substring(0, end < 0 ? last.length() : end));
    if (style.reorder) {
      Collections.shuffle(parts, random);
    }
    if (style.more && !head.contains("interface")) {
      parts.add(random.nextInt(parts.size() + 1), UNRELATED);
    }
    return head + "\n" + String.join("\n", parts) + "\n}\n";
  }
}
