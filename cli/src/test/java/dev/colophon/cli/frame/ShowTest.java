package dev.colophon.cli.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.004   | 0.00 s
          0.25    | 0.25 s
          0.999   | 0.99 s
          4.25    | 4.2 s
          59.99   | 59.9 s
          60      | 1 min 00 s
          187     | 3 min 07 s
          7500    | 2 h 05 min
          4000000 | 1,111 h 06 min
          """)
  void durationsShowTheirTwoLargestParts(double seconds, String shown) {
    assertThat(Show.took(Duration.ofMillis(Math.round(seconds * 1000)))).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0             | 0
          999           | 999
          336776        | 336,776
          -1234567      | -1,234,567
          """)
  void countsHaveTheirThousandsApart(long number, String shown) {
    assertThat(Show.count(number)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1             | 1 byte
          999           | 999 bytes
          1000          | 1.0 kB
          999949        | 999.9 kB
          999951        | 1.0 MB
          12345678      | 12.3 MB
          """)
  void sizesHaveOneDecimal(long bytes, String shown) {
    assertThat(Show.bytes(bytes)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.7123456     | 0.71235
          0.7           | 0.7
          6             | 6
          336776        | 336,776
          123456.7      | 123,457
          0.00001234567 | 0.000012346
          NaN           | NaN
          """)
  void numbersHaveFiveDigits(double number, String shown) {
    assertThat(Show.number(number)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          short        | short
          exactly ten  | exactly t…
          ten digits   | ten digits
          """)
  void aLongTextIsCutWithAnEllipsis(String text, String shown) {
    assertThat(Show.cut(text, 10)).isEqualTo(shown);
  }
}
