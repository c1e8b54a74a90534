package dev.colophon.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceCommentsTest {
  private static final SourceComments SOURCE =
      new SourceComments(
          """
          /** Another. */
          class Other {}

          /**
           * Will a flight, {@code UA 1} for one, arrive
           * <b>late</b>? Learns from the year.
           *
           * @author ana
           */
          @Flow
          @Deprecated(since = "a ) b")
          public final class Delays {
            /** From which month on. Inclusive. */
            @Param("x") YearMonth from = YearMonth.of(2013, 4);

            /** Some rates, such as e.g. this one. */
            @Param java.util.List<Double> rates;

            @Param int bare = 3;
          }
          """);

  @Test
  void theFirstSentenceOfAClassIsReadAsPlainText() {
    assertThat(SOURCE.ofClass("Delays")).contains("Will a flight, UA 1 for one, arrive late?");
  }

  @Test
  void thatOfAFieldToo() {
    assertThat(SOURCE.ofField("from")).contains("From which month on.");
    assertThat(SOURCE.ofField("rates")).contains("Some rates, such as e.g. this one.");
  }

  @Test
  void aFieldWithoutACommentDoesNotGetThatOfAnother() {
    assertThat(SOURCE.ofField("bare")).isEmpty();
  }

  @Test
  void whatIsNotThereHasNone() {
    assertThat(SOURCE.ofClass("Nothing")).isEmpty();
  }
}
