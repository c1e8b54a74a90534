package dev.colophon.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.json.Json;
import dev.colophon.flow.codec.Codecs;
import org.junit.jupiter.api.Test;

class ValueJsonTest {
  @SuppressWarnings("ArrayRecordComponent") // what a table is
  record Inner(int[] steps) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Grid(String name, double[] bars, Inner inner) {}

  private final ValueJson json = new ValueJson(new Codecs());

  @Test
  void aRecordWithArraysIsOneText() {
    Grid grid = new Grid("a", new double[] {1, 2.5, Double.NaN}, new Inner(new int[] {3}));
    assertThat(json.toJson(Grid.class, grid).canonical())
        .isEqualTo("{\"bars\":[1.0,2.5,\"NaN\"],\"inner\":{\"steps\":[3]},\"name\":\"a\"}");
  }

  @Test
  void aRecordWithArraysIsReadAsAPersonTypesIt() {
    Json typed = Json.parse("{\"name\":\"a\",\"bars\":[1,2.5],\"inner\":{\"steps\":[]}}");
    Grid grid = (Grid) json.fromJson(Grid.class, typed);
    assertThat(grid.bars()).containsExactly(1, 2.5);
    assertThat(grid.inner().steps()).isEmpty();
  }

  @Test
  void aPartOfAnotherTypeIsNamed() {
    Json typed = Json.parse("{\"name\":\"a\",\"bars\":[1,\"x\"],\"inner\":{\"steps\":[]}}");
    assertThatThrownBy(() -> json.fromJson(Grid.class, typed))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining("bars");
  }
}
