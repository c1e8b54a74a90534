package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.flow.codec.Samples.Inner;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Table;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a stored value are found by a path, without its type. */
final class ComponentTest {
  private static final Type POINTS = new TypeOf<Map<String, List<Point>>>() {}.type();

  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  private String value(Stored stored, String path) throws IOException {
    return ((Component.Value) codecs.component(stored, path, contents)).json();
  }

  private Stored content(Stored stored, String path) throws IOException {
    return ((Component.Content) codecs.component(stored, path, contents)).stored();
  }

  private Stored points() throws IOException {
    return codecs.encode(
        POINTS, Map.of("a", List.of(new Point(1, 2)), "b.c\"", List.of()), contents);
  }

  private Stored table() throws IOException {
    Table table =
        new Table(
            "t",
            new double[] {0.5, Double.NaN},
            new Inner(new int[] {7, -8}, new byte[] {-1}, Map.of("m", new long[] {3})),
            List.of());
    return codecs.encode(Table.class, table, contents);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "'' | {\"a\":[{\"x\":2,\"y\":1}],\"b.c\\\"\":[]}",
        "a | [{\"x\":2,\"y\":1}]",
        "a[0] | {\"x\":2,\"y\":1}",
        "a[0].x | 2",
        "[\"b.c\\\"\"] | []"
      })
  void aPartOfJsonIsItsCanonicalJson(String path, String expected) throws IOException {
    assertThat(value(points(), path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "c, is not in an object with members",
    "a.x, is not in an array of 1 elements",
    "a[1], is not in an array of 1 elements",
    "a[0].x.y, is not in a number"
  })
  void aPartThatIsNotThereIsNotFound(String path, String message) {
    assertThatThrownBy(() -> codecs.component(points(), path, contents))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {".a", "a..b", "a.", "a[", "a[x]", "[0]b", "a\"b", "[\"a]", "[-1]"})
  void aPathThatIsNoneIsRefused(String path) {
    assertThatThrownBy(() -> codecs.component(points(), path, contents))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("expected steps such as a.b, [3] and [\"a key\"]");
  }

  @Test
  void anArrayOfATableIsItsNpyFile() throws IOException {
    Stored array = content(table(), "inner.carrier");
    assertThat(array.fileName()).contains("inner.carrier.npy");
    assertThat(codecs.decode(int[].class, array, contents, Path.of("unused")))
        .isEqualTo(new int[] {7, -8});
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "name, '\"t\"'",
        "delay[0], 0.5",
        "delay[1], '\"NaN\"'",
        "inner.carrier[1], -8",
        "inner.flags[0], -1",
        "inner.more.m[0], 3"
      })
  void anyOtherPartOfATableIsItsJson(String path, String expected) throws IOException {
    assertThat(value(table(), path)).isEqualTo(expected);
  }

  @Test
  void anElementThatAnArrayLacksIsNotFound() {
    assertThatThrownBy(() -> codecs.component(table(), "delay[2]", contents))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("has 2 elements, found none at index 2");
  }

  @Test
  void aPartOfANumberOfAnArrayIsNotFound() {
    assertThatThrownBy(() -> codecs.component(table(), "delay.x", contents))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("an array of numbers has parts such as [3] only");
  }

  @Test
  void aMapThatLooksLikeAnArrayOfATableIsJson() throws IOException {
    Stored stored =
        codecs.encode(
            new TypeOf<Map<String, Map<String, String>>>() {}.type(),
            Map.of("a", Map.of("@npy", "a.npy")),
            contents);
    assertThat(value(stored, "a")).isEqualTo("{\"@npy\":\"a.npy\"}");
  }

  @Test
  void aWholeTextIsItsContent() throws IOException {
    Stored stored = codecs.encode(String.class, "x", contents);
    assertThat(content(stored, "")).isEqualTo(stored);
  }

  @Test
  void aTextHasNoParts() {
    assertThatThrownBy(
            () -> codecs.component(codecs.encode(String.class, "x", contents), "length", contents))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("a value of codec \"text\" has no parts");
  }

  @Test
  void aFileInAFolderIsFoundByItsPath(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("model/a"));
    Files.writeString(folder.resolve("model/a/w.bin"), "weights");
    Stored stored = codecs.encode(Path.class, folder.resolve("model"), contents);
    assertThat(content(stored, "a/w.bin"))
        .isEqualTo(new Stored(contents.keep("weights"), "file", Optional.of("w.bin")));
    assertThat(content(stored, "a").codec()).isEqualTo("folder");
  }

  @Test
  void aFileThatAFolderLacksIsNotFound(@TempDir Path folder) throws IOException {
    Stored stored = codecs.encode(Path.class, folder, contents);
    assertThatThrownBy(() -> codecs.component(stored, "none", contents))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("the folder has entries []");
  }

  @Test
  void anElementOfAListOfPathsIsFoundByItsIndex(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("f.csv"), "x");
    Stored stored =
        codecs.encode(new TypeOf<List<Path>>() {}.type(), List.of(file, folder), contents);
    Stored expected = new Stored(contents.keep("x"), "file", Optional.of("f.csv"));
    assertThat(content(stored, "[0]")).isEqualTo(expected);
    assertThat(content(stored, "[1]/f.csv")).isEqualTo(expected);
  }
}
