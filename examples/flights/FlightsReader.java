import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;

/** Turns the rows of {@code flights.csv} into columns. For one file and one thread. */
final class FlightsReader {
  private final Csv csv;
  private final Weather weather;

  private final Map<String, Integer> carriers = new LinkedHashMap<>();
  private final Map<String, Integer> origins = new LinkedHashMap<>();
  private final Map<String, Integer> dests = new LinkedHashMap<>();

  private final int[] month;
  private final byte[] weekday;
  private final byte[] hour;
  private final byte[] carrier;
  private final byte[] origin;
  private final short[] dest;
  private final short[] distance;
  private final Map<Weather.Measure, float[]> observed = new EnumMap<>(Weather.Measure.class);
  private final boolean[] arrived;
  private final boolean[] late;

  /**
   * Opens the file.
   *
   * @param zip {@code flights.csv.zip}, whose first entry is the CSV file
   */
  FlightsReader(Path zip, Weather weather) throws IOException {
    this.weather = weather;
    csv = new Csv("flights.csv", unzip(zip));
    int rows = csv.rows();
    month = new int[rows];
    weekday = new byte[rows];
    hour = new byte[rows];
    carrier = new byte[rows];
    origin = new byte[rows];
    dest = new short[rows];
    distance = new short[rows];
    for (Weather.Measure measure : Weather.Measure.values()) {
      observed.put(measure, new float[rows]);
    }
    arrived = new boolean[rows];
    late = new boolean[rows];
  }

  /** Reads all rows; call it once. */
  Flights read() {
    readSchedule();
    return new Flights(
        month,
        weekday,
        hour,
        carrier,
        origin,
        dest,
        distance,
        observed.get(Weather.Measure.TEMPERATURE),
        observed.get(Weather.Measure.DEW_POINT),
        observed.get(Weather.Measure.HUMIDITY),
        observed.get(Weather.Measure.WIND_SPEED),
        observed.get(Weather.Measure.WIND_GUST),
        observed.get(Weather.Measure.PRECIPITATION),
        observed.get(Weather.Measure.PRESSURE),
        observed.get(Weather.Measure.VISIBILITY),
        arrived,
        late,
        List.copyOf(carriers.keySet()),
        List.copyOf(origins.keySet()),
        List.copyOf(dests.keySet()));
  }

  private void readSchedule() {
    int yearColumn = csv.column("year");
    int monthColumn = csv.column("month");
    int dayColumn = csv.column("day");
    int hourColumn = csv.column("hour");
    int carrierColumn = csv.column("carrier");
    int originColumn = csv.column("origin");
    int destColumn = csv.column("dest");
    int distanceColumn = csv.column("distance");
    int utcColumn = csv.column("time_hour");
    int delayColumn = csv.column("arr_delay");
    for (int row = 0; csv.next(); row++) {
      LocalDate date =
          LocalDate.of(csv.integer(yearColumn), csv.integer(monthColumn), csv.integer(dayColumn));
      month[row] = Flights.number(YearMonth.from(date));
      weekday[row] = (byte) date.getDayOfWeek().getValue();
      hour[row] = (byte) csv.integer(hourColumn);
      carrier[row] = (byte) index(csv.text(carrierColumn), carriers);
      origin[row] = (byte) index(csv.text(originColumn), origins);
      dest[row] = (short) index(csv.text(destColumn), dests);
      distance[row] = (short) csv.integer(distanceColumn);
      arrived[row] = csv.has(delayColumn);
      late[row] = arrived[row] && csv.integer(delayColumn) > Flights.LATE_MINUTES;
      observe(row, new Weather.Hour(csv.text(originColumn), csv.text(utcColumn)));
    }
  }

  private void observe(int row, Weather.Hour in) {
    observed.forEach((measure, column) -> column[row] = weather.at(in, measure));
  }

  private static int index(String word, Map<String, Integer> dictionary) {
    Integer known = dictionary.putIfAbsent(word, dictionary.size());
    return known == null ? dictionary.size() - 1 : known;
  }

  private static byte[] unzip(Path zip) throws IOException {
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      if (in.getNextEntry() == null) {
        throw new IllegalArgumentException(zip.getFileName() + ": not a zip, or nothing in it");
      }
      return in.readAllBytes();
    }
  }
}
