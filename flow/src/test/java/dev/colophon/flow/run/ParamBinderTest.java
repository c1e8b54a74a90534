package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import dev.colophon.flow.Flow;
import dev.colophon.flow.Param;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParamBinderTest {
  @Flow
  static class Typed {
    enum Level {
      LOW,
      HIGH
    }

    record Range(int from, int to) {}

    @Param int count = 1;
    @Param long big;
    @Param Level level = Level.LOW;
    @Param YearMonth month = YearMonth.of(2013, 4);
    @Param List<Double> rates = List.of(0.1);
    @Param Range range = new Range(1, 2);
    @Param boolean fast;

    @dev.colophon.flow.Step
    int only() {
      return 1;
    }
  }

  @Flow
  @SuppressWarnings("NullAway") // no default is what it is about
  static class Needy {
    record Span(int from, int to) {}

    @Param Integer rows;
    @Param Span range;

    @dev.colophon.flow.Step
    int only() {
      return 1;
    }
  }

  @Flow
  static class Exploding {
    static final int LIMIT = Integer.parseInt("none");

    @dev.colophon.flow.Step
    int only() {
      return LIMIT;
    }
  }

  @Flow
  static class Real {
    @Param double rate;
    @Param List<Integer> counts = List.of(1);

    @dev.colophon.flow.Step
    int only() {
      return 1;
    }
  }

  @Test
  void aNumberThatNoDoubleHoldsIsRefused() {
    assertThat(refusal(Real.class, Map.of("rate", "1e400"))).contains("\"1e400\" is no double");
  }

  @Test
  void brokenJsonIsToldByItsPlaceAlone() {
    assertThat(refusal(Real.class, Map.of("counts", "[\"x\"")))
        .contains("expected close marker for Array, in line 1, column")
        .doesNotContain("Source", "REDACTED");
    assertThat(refusal(Real.class, Map.of("counts", "[\"x\",3]"))).doesNotContain("sha256");
  }

  @Test
  void anInitialiserThatFailsIsTheFlowsOwnMistake() {
    assertThat(refusal(Exploding.class, Map.of())).contains("NumberFormatException", "\"none\"");
  }

  private static ParamBinder binder(Class<?> flow) {
    FlowProgram program = new FlowProgram(flow, ReflectedFlow.graph(flow));
    return new ParamBinder(program, new ValueJson(new Codecs()));
  }

  private static String refusal(Class<?> flow, Map<String, String> given) {
    ParamBinder binder = binder(flow);
    return catchThrowableOfType(Invalid.class, () -> binder.bind(ParamValue.typed(given))).text();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          count | many                | parameter "count": "many" is no int; expected a whole number such as 1
          count | 1.5                 | parameter "count": "1.5" is no int; expected a whole number such as 1
          count | true                | parameter "count": "true" is no int; expected a whole number such as 1
          level | HIHG                | parameter "level": "HIHG" is no Level; expected one of LOW, HIGH; did you mean HIGH?
          month | April               | parameter "month": "April" is no YearMonth; expected a month such as 2013-04
          fast  | yes                 | parameter "fast": "yes" is no boolean; expected true or false
          """)
  void aWrongValueIsRefusedWithAnExampleOfAGoodOne(String name, String text, String message) {
    assertThat(refusal(Typed.class, Map.of(name, text))).isEqualTo(message);
  }

  @Test
  void aBareNameIsTrueForATruthValueAndMissesItsValueForAnyOther() {
    Map<String, ParamValue> bare = Map.of("fast", new ParamValue.Bare());
    assertThat(binder(Typed.class).bind(bare).recorded())
        .containsEntry("fast", new Json.Bool(true));
    assertThatThrownBy(() -> binder(Typed.class).bind(Map.of("month", new ParamValue.Bare())))
        .hasMessage(
            "parameter \"month\" (YearMonth): its value is missing; write --month VALUE such as 2013-04");
  }

  @Test
  void whatAFileSaysIsRecordedAsIfItHadBeenTyped() {
    Map<String, ParamValue> written =
        Map.of(
            "month", new ParamValue.Written(Json.of("2014-01"), "a.yaml:1"),
            "rates", new ParamValue.Written(Json.parse("[1, 0.50]"), "a.yaml:2"),
            "range", new ParamValue.Written(Json.parse("{\"to\": 4, \"from\": 3}"), "a.yaml:3"));
    Map<String, ParamValue> typed =
        ParamValue.typed(
            Map.of("month", "2014-01", "rates", "1,0.5", "range", "{\"from\":3,\"to\":4}"));
    assertThat(binder(Typed.class).bind(written).recorded())
        .isEqualTo(binder(Typed.class).bind(typed).recorded());
  }

  @Test
  void whatAnEarlierRunRecordedIsTakenAsItWas() {
    Map<String, Json> recorded =
        binder(Typed.class)
            .bind(
                ParamValue.typed(
                    Map.of("level", "HIGH", "rates", "1,0.5", "range", "{\"from\":3,\"to\":4}")))
            .recorded();
    Map<String, ParamValue> inherited = new LinkedHashMap<>();
    recorded.forEach(
        (name, value) -> inherited.put(name, new ParamValue.Inherited(value, "run Typed/1")));
    assertThat(binder(Typed.class).bind(inherited).recorded()).isEqualTo(recorded);
  }

  @Test
  void whatAnEarlierRunRecordedIsLetGoWhereTheFlowHasNoSuchParameter() {
    Map<String, ParamValue> inherited =
        Map.of("gone", new ParamValue.Inherited(Json.of(1), "run Typed/1"));
    assertThat(binder(Typed.class).bind(inherited).recorded())
        .isEqualTo(binder(Typed.class).bind(Map.of()).recorded());
  }

  @Test
  void aWrongValueOfAFileIsToldWithItsLine() {
    Map<String, ParamValue> written =
        Map.of(
            "count", new ParamValue.Written(Json.of("six"), "a.yaml:1"),
            "rnage", new ParamValue.Written(Json.of(1), "a.yaml:7"));
    assertThatThrownBy(() -> binder(Typed.class).bind(written))
        .message()
        .contains("\na.yaml:1: parameter \"count\": \"six\" is no int; expected a whole number")
        .contains("\na.yaml:7: parameter \"rnage\": flow Typed has")
        .contains("did you mean range?");
  }

  @Test
  void aWrongRecordIsQuotedReadablyWithWhatIsWrongInIt() {
    assertThat(refusal(Typed.class, Map.of("range", "{\"from\": \"x\", \"to\": 2}")))
        .startsWith("parameter \"range\": '{\"from\": \"x\", \"to\": 2}' is no Range (")
        .contains("from")
        .endsWith("; expected JSON such as {\"from\":1,\"to\":2}");
  }

  @Test
  void aMissingValueIsAskedForWithAnExample() {
    assertThat(refusal(Needy.class, Map.of("rows", "3")))
        .isEqualTo(
            "parameter \"range\" (Span) has no default; give it with --range VALUE such as {\"from\":7,\"to\":7}");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(refusal(Needy.class, Map.of("rows", "ten", "rwos", "3")).lines())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("flow Needy can't be run"),
            unknown -> assertThat(unknown).contains("\"rwos\"").contains("did you mean rows?"),
            wrong -> assertThat(wrong).contains("\"ten\""),
            missing -> assertThat(missing).contains("\"range\""));
  }
}
