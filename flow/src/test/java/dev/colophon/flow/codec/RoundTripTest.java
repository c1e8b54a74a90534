package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.json.Json;
import dev.colophon.flow.codec.RandomValues.Everything;
import dev.colophon.flow.codec.Samples.Inner;
import dev.colophon.flow.codec.Samples.Level;
import dev.colophon.flow.codec.Samples.Pair;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Table;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was encoded is decoded as an equal value. */
final class RoundTripTest {
  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  private Object again(Type type, Object value) throws IOException {
    return codecs.decode(type, codecs.encode(type, value, contents), contents, Path.of("unused"));
  }

  @Test
  void anyValueComesBackEqual() throws IOException {
    for (int seed = 0; seed < 500; seed++) {
      Everything value = new RandomValues(seed).everything();
      assertThat(again(Everything.class, value)).as("seed %d", seed).isEqualTo(value);
    }
  }

  @Test
  void anyValueThatCameBackHasTheSameDigest() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      Everything value = new RandomValues(seed).everything();
      Stored first = codecs.encode(Everything.class, value, contents);
      Object back = codecs.decode(Everything.class, first, contents, Path.of("unused"));
      assertThat(codecs.encode(Everything.class, back, contents))
          .as("seed %d", seed)
          .isEqualTo(first);
    }
  }

  @Test
  void anyValueIsWrittenAsTheCanonicalJsonOfItsTree() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      Everything value = new RandomValues(seed).everything();
      String text = contents.text(codecs.encode(Everything.class, value, contents).artifact());
      assertThat(Json.parse(text).canonical()).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void anyTextComesBackEqual() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      String text = new RandomValues(seed).text();
      assertThat(again(String.class, text)).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void aTextThatIsLongerThanAnyBufferComesBackEqual() throws IOException {
    String text = "x" + "😀".repeat(200_000);
    assertThat(again(String.class, text)).isEqualTo(text);
  }

  @Test
  void aLongTextInsideAValueComesBackEqual() throws IOException {
    List<String> texts = List.of("é".repeat(3_000_000));
    assertThat(again(new TypeOf<List<String>>() {}.type(), texts)).isEqualTo(texts);
  }

  @Test
  void aLongKeyComesBackEqual() throws IOException {
    Map<String, Integer> map = Map.of("k".repeat(100_000), 1);
    assertThat(again(new TypeOf<Map<String, Integer>>() {}.type(), map)).isEqualTo(map);
  }

  @Test
  void bytesComeBackEqual() throws IOException {
    assertThat(again(byte[].class, new byte[] {1, 0, -1})).isEqualTo(new byte[] {1, 0, -1});
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 32_767, 32_768, 32_769, 100_000})
  void arraysOfAnyLengthComeBackEqual(int length) throws IOException {
    boolean[] truths = new boolean[length];
    byte[] bytes = new byte[length];
    short[] shorts = new short[length];
    char[] chars = new char[length];
    int[] ints = new int[length];
    long[] longs = new long[length];
    float[] floats = new float[length];
    double[] doubles = new double[length];
    for (int i = 0; i < length; i++) {
      long bits = i * 0x9E3779B97F4A7C15L;
      truths[i] = bits < 0;
      bytes[i] = (byte) bits;
      shorts[i] = (short) bits;
      chars[i] = (char) bits;
      ints[i] = (int) bits;
      longs[i] = bits;
      floats[i] = Float.intBitsToFloat((int) bits);
      doubles[i] = Double.longBitsToDouble(bits);
    }
    for (Object array :
        List.of(truths, shorts, chars, ints, longs, floats, doubles, new Object[] {bytes})) {
      Type type = array instanceof Object[] ? byte[][].class : array.getClass();
      Object value = array instanceof Object[] ? new byte[][] {bytes} : array;
      assertThat(again(type, value)).isEqualTo(value);
    }
  }

  @Test
  void aTableComesBackWithItsArrays() throws IOException {
    Table table =
        new Table(
            "t",
            new double[] {0.5, Double.NEGATIVE_INFINITY},
            new Inner(new int[] {1}, new byte[0], Map.of("m", new long[] {3})),
            List.of(new int[] {4}, new int[0]));
    assertThat(again(Table.class, table)).usingRecursiveComparison().isEqualTo(table);
  }

  @Test
  void aGenericTableComesBackWithItsArrays() throws IOException {
    Type type = new TypeOf<Pair<float[], Pair<char[], Level>>>() {}.type();
    Pair<float[], Pair<char[], Level>> pair =
        new Pair<>(new float[] {1}, new Pair<>(new char[] {'c'}, Level.HIGH));
    assertThat(codecs.encode(type, pair, contents).codec()).isEqualTo("table");
    assertThat(again(type, pair)).usingRecursiveComparison().isEqualTo(pair);
  }

  @Test
  void wildcardsAreReadAsTheirBounds() throws IOException {
    Type type = new TypeOf<Map<String, ? extends List<? extends Point>>>() {}.type();
    Map<String, List<Point>> map = Map.of("a", List.of(new Point(1, 2)));
    assertThat(again(type, map)).isEqualTo(map);
  }

  @Test
  void aDecodedMapIteratesInTheOrderOfItsKeys() throws IOException {
    Object map =
        again(new TypeOf<Map<Integer, String>>() {}.type(), Map.of(10, "x", 9, "y", -1, "z"));
    assertThat(((Map<?, ?>) map).keySet().stream().map(Object::toString))
        .containsExactly("-1", "9", "10");
  }

  @Test
  void aDecodedListCantBeChanged() throws IOException {
    @SuppressWarnings("unchecked")
    List<Object> list =
        (List<Object>) again(new TypeOf<List<Integer>>() {}.type(), new ArrayList<>(List.of(1)));
    assertThatThrownBy(() -> list.add(2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aDecodedMapCantBeChanged() throws IOException {
    @SuppressWarnings("unchecked")
    Map<Object, Object> map =
        (Map<Object, Object>)
            again(new TypeOf<Map<String, Integer>>() {}.type(), new TreeMap<>(Map.of("a", 1)));
    assertThatThrownBy(() -> map.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void sortedCollectionsComeBackSorted() throws IOException {
    Type type = new TypeOf<Pair<SortedMap<Integer, Level>, SortedSet<Integer>>>() {}.type();
    Pair<SortedMap<Integer, Level>, SortedSet<Integer>> pair =
        new Pair<>(
            new TreeMap<>(Map.of(10, Level.LOW, 9, Level.HIGH)), new TreeSet<>(Set.of(10, 9)));
    Pair<?, ?> back = (Pair<?, ?>) again(type, pair);
    assertThat(back).isEqualTo(pair);
    assertThat(((SortedMap<?, ?>) back.left()).firstKey()).isEqualTo(9);
    assertThat(((SortedSet<?>) back.right()).first()).isEqualTo(9);
  }
}
