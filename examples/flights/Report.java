import dev.colophon.flow.ModelVersion;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the settings did, month by month. Numbers are written the same on every machine, whatever its
 * language.
 *
 * @param months in the order of the folds
 * @param best the setting whose model was registered, and its mean AUC
 * @param passed whether that AUC reaches the bar
 * @param text the same for people: a table of AUCs, and one sentence
 */
record Report(List<Month> months, FlightDelays.Choice best, boolean passed, String text) {

  /** One month, with an AUC for each setting, in the order of the settings. */
  record Month(YearMonth month, int flights, double baseRate, List<Result> results) {
    Month {
      results = List.copyOf(results);
    }
  }

  /** What a setting reached in one month. */
  record Result(String setting, double auc) {}

  Report {
    months = List.copyOf(months);
  }

  /** Gathers the scores. {@code bar} is the least mean AUC that passes. */
  static Report of(
      List<FlightDelays.Score> scores, FlightDelays.Choice best, ModelVersion version, double bar) {
    List<Month> months =
        scores.stream()
            .map(FlightDelays.Score::month)
            .distinct()
            .map(month -> gather(month, scores))
            .toList();
    boolean passed = best.auc() >= bar;
    String sentence =
        String.format(
            Locale.ROOT,
            "%s is \"%s\": mean AUC %.3f, %s the bar of %s\n",
            version,
            best.setting().name(),
            best.auc(),
            passed ? "reaches" : "misses",
            bar);
    return new Report(months, best, passed, table(months) + sentence);
  }

  private static Month gather(YearMonth month, List<FlightDelays.Score> scores) {
    List<FlightDelays.Score> own = scores.stream().filter(s -> s.month().equals(month)).toList();
    List<Result> results = own.stream().map(s -> new Result(s.setting().name(), s.auc())).toList();
    return new Month(month, own.get(0).flights(), own.get(0).baseRate(), results);
  }

  private static String table(List<Month> months) {
    String head =
        months.get(0).results().stream()
            .map(result -> String.format(Locale.ROOT, "%10s", result.setting()))
            .collect(Collectors.joining("", "month    flights    late", "\n"));
    return months.stream().map(Report::line).collect(Collectors.joining("", head, ""));
  }

  private static String line(Month month) {
    String start =
        String.format(
            Locale.ROOT,
            "%s  %,7d  %4.1f %%",
            month.month(),
            month.flights(),
            100 * month.baseRate());
    return month.results().stream()
        .map(result -> String.format(Locale.ROOT, "%10.3f", result.auc()))
        .collect(Collectors.joining("", start, "\n"));
  }
}
