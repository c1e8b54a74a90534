import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Tables to test with: the real one, and small ones written here. */
final class Tables {
  /** As the tests run in the folder {@code examples}. */
  private static final Path DATA = Path.of("flights", "data");

  private static final String FLIGHTS =
      "year,month,day,dep_delay,arr_delay,carrier,origin,dest,distance,hour,time_hour\n";

  private static final String WEATHER =
      "origin,temp,dewp,humid,wind_speed,wind_gust,precip,pressure,visib,time_hour\n";

  private Tables() {}

  /** All of 2013. A new copy each time, so a test may write into its columns. */
  static Flights real() {
    try {
      return Flights.read(DATA.resolve("flights.csv.zip"), DATA.resolve("weather.csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads files with these rows, each ended by a line feed. */
  static Flights of(Path folder, String flights, String weather) throws IOException {
    Path zip = folder.resolve("flights.csv.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("flights.csv"));
      out.write((FLIGHTS + flights).getBytes(StandardCharsets.UTF_8));
    }
    return Flights.read(zip, Files.writeString(folder.resolve("weather.csv"), WEATHER + weather));
  }
}
