package dev.colophon.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @Test
  void canonicalTextHasSortedMembersAndNoSpaces() {
    Json json =
        Json.parse("{ \"b\" : [1, 2.50, true, null],\n \"a\" : { \"z\": \"é\", \"y\": -1e5 } }");
    assertThat(json.canonical())
        .isEqualTo("{\"a\":{\"y\":-1e5,\"z\":\"é\"},\"b\":[1,2.50,true,null]}");
  }

  @Test
  void otherTextKeepsTheOrderOfMembers() {
    assertThat(Json.object().put("b", 1).put("a", "x").build().text())
        .isEqualTo("{\"b\":1,\"a\":\"x\"}");
  }

  @Test
  void numbersKeepEveryDigit() {
    String digits = "123456789012345678901234567890.000000000000000000001";
    assertThat(Json.parse(digits).text()).isEqualTo(digits);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,",
        "{\"a\":1,\"a\":2}",
        "1 2",
        "NaN",
        "01",
        "'a'",
        "// x",
        "[1]]",
        "\"\t\""
      })
  void whatIsNoSingleDocumentIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 1e-300})
  void everyDoubleComesBackAsItWas(double value) {
    Json read = Json.parse(Json.of(value).text());
    assertThat(Double.doubleToLongBits(read.asDouble())).isEqualTo(Double.doubleToLongBits(value));
  }

  @Test
  void aMemberThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Json.parse("{\"a\":1}").asObject().get("b"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("\"b\"");
  }

  @Test
  void aValueOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> Json.of("x").asLong()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Json.of(1.5).asLong()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Json.of(1).asString()).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> Json.of(List.of()).asObject()).isInstanceOf(Invalid.class);
  }
}
