//JAVA 21+
//DEPS org.tribuo:tribuo-classification-sgd:4.3.2

import dev.colophon.flow.All;
import dev.colophon.flow.Each;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Input;
import dev.colophon.flow.ModelVersion;
import dev.colophon.flow.NewVersion;
import dev.colophon.flow.Param;
import dev.colophon.flow.Step;
import dev.colophon.flow.TaskContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Will a flight from New York arrive more than 15 minutes late?
 *
 * <p>Learns from what is known before departure: schedule, carrier, route and weather. Each month
 * is predicted by a model that saw only the months before it; the setting that does best over all
 * these months then learns from the whole year and becomes the next version of {@code
 * flight-delays}. Cancelled and diverted flights have no arrival and are left out.
 */
@Flow
public class FlightDelays {
  @Param("the first month to predict")
  YearMonth from = YearMonth.of(2013, 4);

  @Param("how many months to predict; 9 reach December, where the data ends")
  int months = 9;

  @Param("the mean AUC that a model should reach; the report says whether it does")
  double bar = 0.64;

  /** A way to learn: with the weather or without, and how many times over the data. */
  record Setting(String name, boolean weather, int epochs) {}

  /** How well one setting predicted one month; {@code baseRate} is the share of late flights. */
  record Score(Setting setting, YearMonth month, int flights, double baseRate, double auc) {}

  /** The best setting and its mean AUC over all months, the very months that it was chosen by. */
  record Choice(Setting setting, double auc) {}

  @Step
  Flights flights(
      @Input("data/flights.csv.zip") Path csv,
      @Input("data/weather.csv") Path weather,
      TaskContext context)
      throws IOException {
    Flights flights = Flights.read(csv, weather);
    context.metric("rows", flights.rows());
    context.metric("without arrival", flights.rows() - flights.arrivals().length);
    return flights;
  }

  @Step
  List<Setting> settings() {
    return List.of(new Setting("schedule", false, 3), new Setting("weather", true, 3));
  }

  @Step
  List<YearMonth> folds(YearMonth from, int months) {
    return Stream.iterate(from, month -> month.plusMonths(1)).limit(months).toList();
  }

  /** One task for each setting and month, which sees only the months before. */
  @Step
  LinearModel fit(
      Flights flights,
      @Each("settings") Setting setting,
      @Each("folds") YearMonth fold,
      RandomGenerator random) {
    return Training.train(flights, flights.arrivalsBefore(fold), setting, random);
  }

  @Step
  Score score(
      Flights flights,
      LinearModel fit,
      @Each("settings") Setting setting,
      @Each("folds") YearMonth fold,
      TaskContext context) {
    int[] rows = flights.arrivalsIn(fold);
    boolean[] late = flights.late(rows);
    double auc = Auc.of(fit.predict(new Features(flights, setting.weather()), rows), late);
    context.metric("auc", auc);
    return new Score(setting, fold, rows.length, Auc.share(late), auc);
  }

  @Step
  Choice best(@All List<Score> score) {
    Map<Setting, Double> means =
        score.stream()
            .collect(
                Collectors.groupingBy(
                    Score::setting, LinkedHashMap::new, Collectors.averagingDouble(Score::auc)));
    return means.entrySet().stream()
        .map(mean -> new Choice(mean.getKey(), mean.getValue()))
        .max(Comparator.comparingDouble(Choice::auc))
        .orElseThrow();
  }

  /** The model to keep: the best setting, learnt from all there is. */
  @Step
  LinearModel last(Flights flights, Choice best, RandomGenerator random) {
    return Training.train(flights, flights.arrivals(), best.setting(), random);
  }

  @Step
  NewVersion register(LinearModel last, Choice best) {
    return NewVersion.of("flight-delays", last)
        .description("P(arrival more than 15 minutes late), setting " + best.setting().name())
        .metric("auc", best.auc());
  }

  @Step
  Report report(
      @All List<Score> score, Choice best, ModelVersion register, double bar, TaskContext context) {
    Report report = Report.of(score, best, register, bar);
    report.text().lines().forEach(context::log);
    return report;
  }
}
