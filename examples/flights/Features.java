import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model is told of a flight: a few facts in words, such as {@code carrier=UA}, {@code
 * hour=17} or {@code wind=10..15}. What is not known is not said.
 *
 * <p>Facts, not numbers, so that a linear model can follow any curve, nothing has to be scaled by
 * figures from the future, and one wrong reading (the data has a wind of 1,048 mph) weighs no more
 * than a storm. The edges of the ranges are rough and were not tuned.
 */
final class Features {
  private final Flights flights;
  private final List<Question> questions = new ArrayList<>();

  /**
   * A fact to choose from a few.
   *
   * @param chosen takes a row, gives an index into {@code facts}, or -1: not known
   */
  private record Question(List<String> facts, IntUnaryOperator chosen) {}

  /**
   * Prepares the questions.
   *
   * @param weather whether to tell of the weather as well
   */
  Features(Flights flights, boolean weather) {
    this.flights = flights;
    askSchedule();
    if (weather) {
      askWeather();
    }
  }

  /** The facts that hold for the flight in that row. */
  String[] of(int row) {
    String[] facts = new String[questions.size()];
    int known = 0;
    for (Question question : questions) {
      int chosen = question.chosen.applyAsInt(row);
      if (chosen >= 0) {
        facts[known++] = question.facts.get(chosen);
      }
    }
    return Arrays.copyOf(facts, known);
  }

  private void askSchedule() {
    word("month", numbers(1, 12), row -> flights.month()[row] % 12);
    word("weekday", numbers(1, 7), row -> flights.weekday()[row] - 1);
    word("hour", numbers(0, 23), row -> flights.hour()[row]);
    word("carrier", flights.carriers(), row -> flights.carrier()[row]);
    word("origin", flights.origins(), row -> flights.origin()[row]);
    word("dest", flights.dests(), row -> flights.dest()[row]);
    double[] miles = {250, 500, 750, 1000, 1500, 2000, 2500};
    add("distance", ranges(miles), row -> range(flights.distance()[row], miles));
  }

  private void askWeather() {
    range("temperature", flights.temperature(), 20, 32, 40, 50, 60, 70, 80, 90);
    range("dewpoint", flights.dewPoint(), 10, 20, 30, 40, 50, 60, 65, 70);
    range("humidity", flights.humidity(), 40, 60, 80, 90, 95);
    range("wind", flights.windSpeed(), 5, 10, 15, 20, 25);
    range("gust", flights.windGust(), 20, 25, 30, 35, 40);
    range("rain", flights.precipitation(), 0.01, 0.02, 0.1, 0.3);
    range("pressure", flights.pressure(), 1000, 1005, 1010, 1015, 1020, 1025, 1030);
    range("visibility", flights.visibility(), 0.5, 1, 2, 4, 7, 10);
  }

  private void word(String question, List<String> words, IntUnaryOperator chosen) {
    add(question, words.stream().map(word -> "=" + word), chosen);
  }

  private void range(String question, float[] column, double... edges) {
    add(question, ranges(edges), row -> range(column[row], edges));
  }

  private void add(String question, Stream<String> answers, IntUnaryOperator chosen) {
    questions.add(new Question(answers.map(answer -> question + answer).toList(), chosen));
  }

  /** Which of the ranges between these edges holds the value: 0 is below the first; -1 for NaN. */
  private static int range(float value, double[] edges) {
    if (Float.isNaN(value)) {
      return -1;
    }
    int range = 0;
    while (range < edges.length && value >= (float) edges[range]) {
      range++;
    }
    return range;
  }

  private static Stream<String> ranges(double[] edges) {
    String first = "<" + text(edges[0]);
    String last = ">=" + text(edges[edges.length - 1]);
    Stream<String> between =
        IntStream.range(1, edges.length)
            .mapToObj(i -> "=" + text(edges[i - 1]) + ".." + text(edges[i]));
    return Stream.of(Stream.of(first), between, Stream.of(last)).flatMap(facts -> facts);
  }

  private static String text(double edge) {
    return edge == Math.rint(edge) ? Long.toString((long) edge) : Double.toString(edge);
  }

  private static List<String> numbers(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).toList();
  }
}
