import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the table, and choosing rows of it. */
class FlightsTest {
  /** Late by 16, by 15, cancelled, early; the last leaves in the hour that comes twice. */
  private static final String FIVE =
      """
      2013,1,1,2,16,UA,EWR,IAH,1400,5,2013-01-01T10:00:00Z
      2013,1,1,4,15,AA,JFK,MIA,1089,5,2013-01-01T10:00:00Z
      2013,2,28,NA,NA,UA,EWR,MIA,1085,23,2013-03-01T04:00:00Z
      2013,7,6,-1,-18,B6,JFK,BQN,1576,5,2013-07-06T09:00:00Z
      2013,11,3,60,45,UA,EWR,IAH,1400,1,2013-11-03T06:00:00Z
      """;

  private static final String WEATHER =
      """
      EWR,39.02,28.04,64.43,12.65858,NA,0,1011.9,10,2013-01-01T10:00:00Z
      JFK,71,70,95,3,NA,0.1,NA,2.5,2013-07-06T09:00:00Z
      EWR,50,40,60,5,NA,0,1020,10,2013-11-03T05:00:00Z
      EWR,51,40,60,5,20,0,1020,10,2013-11-03T06:00:00Z
      """;

  @TempDir Path folder;

  @Test
  void eachRowOfTheFileBecomesARowOfTheColumns() throws IOException {
    Flights flights = Tables.of(folder, FIVE, WEATHER);
    assertThat(flights.rows()).isEqualTo(5);
    assertThat(flights.carriers()).containsExactly("UA", "AA", "B6");
    assertThat(flights.carrier()).containsExactly(0, 1, 0, 2, 0);
    assertThat(flights.origins()).containsExactly("EWR", "JFK");
    assertThat(flights.origin()).containsExactly(0, 1, 0, 1, 0);
    assertThat(flights.dests()).containsExactly("IAH", "MIA", "BQN");
    assertThat(flights.dest()).containsExactly(new short[] {0, 1, 1, 2, 0});
    assertThat(flights.distance()).containsExactly(new short[] {1400, 1089, 1085, 1576, 1400});
    assertThat(flights.hour()).containsExactly(5, 5, 23, 5, 1);
    assertThat(flights.weekday()).as("Tuesday is 2").containsExactly(2, 2, 4, 6, 7);
    int january = Flights.number(YearMonth.of(2013, 1));
    assertThat(flights.month())
        .containsExactly(january, january, january + 1, january + 6, january + 10);
  }

  @Test
  void lateIsMoreThanFifteenMinutes() throws IOException {
    assertThat(Tables.of(folder, FIVE, WEATHER).late())
        .containsExactly(true, false, false, false, true);
  }

  @Test
  void aFlightWithoutArrivalIsNeitherLearntFromNorScored() throws IOException {
    Flights flights = Tables.of(folder, FIVE, WEATHER);
    assertThat(flights.arrivals()).containsExactly(0, 1, 3, 4);
    assertThat(flights.arrivalsIn(YearMonth.of(2013, 2))).isEmpty();
    assertThat(flights.arrivalsBefore(YearMonth.of(2013, 7))).containsExactly(0, 1);
  }

  @Test
  void theWeatherIsThatOfTheSameHourInUtcAtTheSameAirport() throws IOException {
    Flights flights = Tables.of(folder, FIVE, WEATHER);
    float none = Float.NaN;
    assertThat(flights.temperature()).containsExactly(39.02f, none, none, 71f, 51f);
    assertThat(flights.windGust()).containsExactly(none, none, none, none, 20f);
    assertThat(flights.pressure()).containsExactly(1011.9f, none, none, none, 1020f);
  }

  @Test
  void aFileWithoutAColumnIsRefusedByTheColumnsName() {
    assertThatThrownBy(() -> new Csv("small.csv", new byte[] {'a', '\n', '1', '\n'}).column("b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("small.csv: no column \"b\", found [a]");
  }

  @Test
  void aBrokenRowIsRefusedByItsLine() {
    assertThatThrownBy(() -> Tables.of(folder, FIVE + "2013,12,1\n", WEATHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("flights.csv, line 7: 3 fields, expected 11");
  }

  @Test
  void aValueThatIsNoNumberIsRefusedByLineAndColumn() {
    assertThatThrownBy(() -> Tables.of(folder, FIVE.replace(",1576,", ",far,"), WEATHER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("flights.csv, line 5, column \"distance\": \"far\", expected a whole number");
  }

  /** The shares are those of a count over the file by another program (Python's csv module). */
  @Test
  void theRealTableHasItsKnownRowsAndBaseRates() {
    Flights flights = Tables.real();
    assertThat(flights.rows()).isEqualTo(336_776);
    assertThat(flights.arrivals()).hasSize(336_776 - 9_430);
    assertThat(lateIn(9, flights)).isCloseTo(0.1324, within(0.0001));
    assertThat(lateIn(12, flights)).isCloseTo(0.3261, within(0.0001));
  }

  @Test
  void allButAFewRealFlightsHaveWeather() {
    int without = 0;
    for (float miles : Tables.real().visibility()) {
      without += Float.isNaN(miles) ? 1 : 0;
    }
    assertThat(without).isEqualTo(1_556);
  }

  private static double lateIn(int month, Flights flights) {
    return Auc.share(flights.late(flights.arrivalsIn(YearMonth.of(2013, month))));
  }
}
