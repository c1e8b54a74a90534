import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.TaskContext;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The steps, called as plain methods with plain values: no store, no run, no engine. */
class FlightDelaysTest {
  private static final FlightDelays.Setting SCHEDULE =
      new FlightDelays.Setting("schedule", false, 1);
  private static final FlightDelays.Setting WEATHER = new FlightDelays.Setting("weather", true, 1);
  private static final YearMonth MARCH = YearMonth.of(2013, 3);
  private static final YearMonth JULY = YearMonth.of(2013, 7);

  /** Read once; nobody writes into it. */
  private static Flights flights;

  private final FlightDelays flow = new FlightDelays();

  @BeforeAll
  static void read() {
    flights = Tables.real();
  }

  @Test
  void byDefaultTheLastMonthToPredictIsDecember() {
    assertThat(flow.folds(flow.from, flow.months))
        .startsWith(YearMonth.of(2013, 4))
        .endsWith(YearMonth.of(2013, 12))
        .hasSize(9);
  }

  @Test
  void trainingTwiceGivesTheSameWeightsBitForBit() {
    LinearModel first = flow.fit(flights, WEATHER, MARCH, seed(7));
    assertThat(flow.fit(flights, WEATHER, MARCH, seed(7))).isEqualTo(first);
    assertThat(flow.fit(flights, WEATHER, MARCH, seed(8))).isNotEqualTo(first);
  }

  @Test
  void whatHappensFromTheTestMonthOnChangesNothing() {
    Flights otherFuture = Tables.real();
    for (int row = 0; row < otherFuture.rows(); row++) {
      if (otherFuture.month()[row] >= Flights.number(MARCH)) {
        otherFuture.late()[row] ^= true;
        otherFuture.hour()[row] = 0;
        otherFuture.temperature()[row] = 0;
      }
    }
    assertThat(flow.fit(otherFuture, WEATHER, MARCH, seed(7)))
        .isEqualTo(flow.fit(flights, WEATHER, MARCH, seed(7)));
  }

  @Test
  void whatHappenedBeforeTheTestMonthIsLearnt() {
    Flights otherPast = Tables.real();
    int lastOfFebruary = flights.arrivalsBefore(MARCH)[flights.arrivalsBefore(MARCH).length - 1];
    otherPast.late()[lastOfFebruary] ^= true;
    assertThat(flow.fit(otherPast, SCHEDULE, MARCH, seed(7)))
        .isNotEqualTo(flow.fit(flights, SCHEDULE, MARCH, seed(7)));
  }

  @Test
  void aModelIsToldNothingOfTheDayNorOfTheDelayAtDeparture() {
    assertThat(questions(SCHEDULE))
        .containsExactlyInAnyOrder(
            "month", "weekday", "hour", "carrier", "origin", "dest", "distance");
    assertThat(questions(WEATHER))
        .containsAll(questions(SCHEDULE))
        .contains("temperature", "dewpoint", "humidity", "wind", "gust")
        .contains("rain", "pressure", "visibility")
        .hasSize(7 + 8);
  }

  /** 0.76 and more would be a leak through the day of the year, 0.91 one through the delay. */
  @Test
  void julyIsPredictedBetterWithTheWeatherAndNotTooWell() {
    double schedule = scoreOf(SCHEDULE, JULY).auc();
    double weather = scoreOf(WEATHER, JULY).auc();
    assertThat(schedule).isBetween(0.65, 0.71);
    assertThat(weather).isBetween(schedule + 0.02, 0.75);
  }

  @Test
  void aScoreSaysHowManyFlightsItIsOfAndIsRecordedAsAMetric() {
    Silent context = new Silent();
    LinearModel knowsNothing = new LinearModel(-1, Map.of());
    assertThat(flow.score(flights, knowsNothing, SCHEDULE, JULY, context))
        .isEqualTo(new FlightDelays.Score(SCHEDULE, JULY, 28_293, 8_902 / 28_293.0, 0.5));
    assertThat(context.lines).containsExactly("auc 0.5");
  }

  @Test
  void nothingToLearnFromIsRefused() {
    assertThatThrownBy(() -> flow.fit(flights, SCHEDULE, YearMonth.of(2013, 1), seed(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 flights to learn from");
  }

  @Test
  void theBestSettingHasTheHighestMeanOverTheMonths() {
    assertThat(flow.best(scores(0.75, 0.5, 0.625, 0.75)))
        .isEqualTo(new FlightDelays.Choice(WEATHER, 0.6875));
  }

  @Test
  void theFirstOfEqualSettingsIsTheBest() {
    assertThat(flow.best(scores(0.75, 0.5, 0.5, 0.75)))
        .isEqualTo(new FlightDelays.Choice(SCHEDULE, 0.625));
  }

  @Test
  void theVersionBearsTheAucThatItWasChosenBy() {
    LinearModel model = new LinearModel(0, Map.of());
    var version = flow.register(model, new FlightDelays.Choice(WEATHER, 0.7));
    assertThat(version.model()).isEqualTo("flight-delays");
    assertThat(version.content()).isEqualTo(model);
    assertThat(version.metrics()).isEqualTo(Map.of("auc", 0.7));
  }

  @Test
  void theReportIsATableOfMonthsBySettings() {
    List<FlightDelays.Score> scores = scores(0.75, 0.5, 0.625, 0.75);
    Silent context = new Silent();
    Report report =
        flow.report(
            scores,
            flow.best(scores),
            new ModelVersion("flight-delays", 3, "0".repeat(64)),
            0.7,
            context);
    assertThat(report.passed()).isFalse();
    assertThat(report.months().get(0).results())
        .containsExactly(new Report.Result("schedule", 0.75), new Report.Result("weather", 0.625));
    assertThat(report.text())
        .isEqualTo(
            """
            month    flights    late  schedule   weather
            2013-03    1,000  25.0 %     0.750     0.625
            2013-07    1,000  25.0 %     0.500     0.750
            flight-delays@3 is "weather": mean AUC 0.688, misses the bar of 0.7
            """);
    assertThat(context.lines).containsExactly(report.text().split("\n"));
  }

  @Test
  void aModelAddsTheWeightsOfTheFactsThatHoldAndIgnoresOthers() {
    LinearModel model = new LinearModel(-1, Map.of("hour=17", 0.5, "rain>=0.3", 1.5));
    assertThat(model.predict()).isEqualTo(1 / (1 + StrictMath.exp(1)));
    assertThat(model.predict("hour=17", "dest=LEX")).isEqualTo(1 / (1 + StrictMath.exp(0.5)));
    assertThat(model.predict("hour=17", "rain>=0.3")).isEqualTo(1 / (1 + StrictMath.exp(-1)));
  }

  private FlightDelays.Score scoreOf(FlightDelays.Setting setting, YearMonth fold) {
    LinearModel fit = flow.fit(flights, setting, fold, seed(7));
    return flow.score(flights, fit, setting, fold, new Silent());
  }

  /** AUCs of the first setting in two months, then those of the second. */
  private static List<FlightDelays.Score> scores(double... aucs) {
    return List.of(
        new FlightDelays.Score(SCHEDULE, MARCH, 1_000, 0.25, aucs[0]),
        new FlightDelays.Score(SCHEDULE, JULY, 1_000, 0.25, aucs[1]),
        new FlightDelays.Score(WEATHER, MARCH, 1_000, 0.25, aucs[2]),
        new FlightDelays.Score(WEATHER, JULY, 1_000, 0.25, aucs[3]));
  }

  private static List<String> questions(FlightDelays.Setting setting) {
    Features features = new Features(flights, setting.weather());
    return Arrays.stream(flights.arrivalsIn(JULY))
        .mapToObj(features::of)
        .flatMap(Arrays::stream)
        .map(fact -> fact.split("[=<>]", 2)[0])
        .distinct()
        .toList();
  }

  private static RandomGenerator seed(long seed) {
    return new SplittableRandom(seed);
  }

  /** Keeps what a step says, and offers it no engine. */
  private static final class Silent implements TaskContext {
    final List<String> lines = new ArrayList<>();

    @Override
    public void metric(String name, double value) {
      lines.add(name + " " + value);
    }

    @Override
    public void metric(String name, double value, long step, String unit) {
      lines.add(name + " " + value + " " + unit + " at " + step);
    }

    @Override
    public void progress(long done, long total) {}

    @Override
    public void log(String line) {
      lines.add(line);
    }

    @Override
    public Instant asOf() {
      return Instant.EPOCH;
    }

    @Override
    public String id() {
      return "none";
    }

    @Override
    public Path folder() {
      throw new UnsupportedOperationException("no step of this flow writes files");
    }
  }
}
