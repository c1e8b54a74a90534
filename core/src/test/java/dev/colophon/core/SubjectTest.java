package dev.colophon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.Content;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
  private static final RunId RUN = new RunId(Name.of("FlightDelays"), 12);

  @Test
  void aRunItsStepsAndTheirTasksAreWrittenAsAPath() {
    assertThat(Subject.parse("FlightDelays/12")).isEqualTo(RUN);
    assertThat(Subject.parse("FlightDelays/12/fit")).isEqualTo(RUN.step(Name.of("fit")));
    assertThat(Subject.parse("FlightDelays/12/fit/3,7"))
        .isEqualTo(RUN.step(Name.of("fit")).task(new IndexPath(List.of(3, 7))));
  }

  @Test
  void aModelIsFollowedByAVersionOrAnAlias() {
    assertThat(Subject.parse("churn@4")).isEqualTo(new VersionId(Name.of("churn"), 4));
    assertThat(Subject.parse("churn@champion"))
        .isEqualTo(new AliasId(Name.of("churn"), Name.of("champion")));
  }

  @Test
  void aDigestIsTakenWithItsPrefixAndWithoutIt() {
    Digest digest = Digest.of("x");
    assertThat(Subject.parse(digest.hex())).isEqualTo(new Content(digest));
    assertThat(Subject.parse(digest.toString())).isEqualTo(new Content(digest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FlightDelays/12",
        "FlightDelays/12/fit",
        "FlightDelays/12/fit/3,7",
        "m@4",
        "m@best"
      })
  void whatWasReadIsWrittenTheSameWay(String text) {
    assertThat(Subject.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "FlightDelays", "FlightDelays/", "FlightDelays/x", "FlightDelays/0", "a/1/b/c",
            "a/1/b/1/2",
        "@1", "m@", "m@0", "m@99999999999", "../1", "a/1/b/-1", "sha256:12"
      })
  void whatHasNoneOfTheShapesIsRefused(String text) {
    assertThatThrownBy(() -> Subject.parse(text)).isInstanceOf(Invalid.class);
  }

  @Test
  void runsAreOrderedByFlowThenByNumber() {
    assertThat(new RunId(Name.of("A"), 10)).isGreaterThan(new RunId(Name.of("A"), 9));
    assertThat(new RunId(Name.of("B"), 1)).isGreaterThan(new RunId(Name.of("A"), 9));
  }

  @Test
  void tasksAreOrderedByIndexAsNumbers() {
    assertThat(IndexPath.parse("2,10")).isGreaterThan(IndexPath.parse("2,9"));
    assertThat(IndexPath.parse("2")).isLessThan(IndexPath.parse("2,0"));
  }
}
