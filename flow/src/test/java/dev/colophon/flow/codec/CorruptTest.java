package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Artifact;
import dev.colophon.core.TreeListing;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.flow.codec.Samples.Chain;
import dev.colophon.flow.codec.Samples.Inner;
import dev.colophon.flow.codec.Samples.Level;
import dev.colophon.flow.codec.Samples.Point;
import dev.colophon.flow.codec.Samples.Positive;
import dev.colophon.flow.codec.Samples.Shape;
import dev.colophon.flow.codec.Samples.Table;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Content that is not what its codec writes is never handed out as a value. */
final class CorruptTest {
  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  private void assertCorrupt(Type type, Stored stored, String message) {
    assertThatThrownBy(() -> codecs.decode(type, stored, contents, Path.of("unused")))
        .isInstanceOf(Corrupt.class)
        .hasMessageContaining(message);
  }

  static Stream<Arguments> documentsAndWhyTheyAreRefused() {
    return Stream.of(
        Arguments.of(Point.class, "{\"x\":2,\"y\":", "can't be read: JSON: "),
        Arguments.of(Point.class, "", "is the end of the document, expected"),
        Arguments.of(Point.class, "{\"x\":2,\"y\":1}{}", "expected the end after the first"),
        Arguments.of(Point.class, "[]", "is an array, expected"),
        Arguments.of(Point.class, "{\"x\":2}", "lacks member \"y\", expected [x, y] of record"),
        Arguments.of(Point.class, "{\"x\":2,\"y\":1,\"z\":0}", "has a member \"z\", expected only"),
        Arguments.of(Point.class, "{\"x\":2,\"x\":2,\"y\":1}", "has member \"x\" twice"),
        Arguments.of(Point.class, "{\"x\":null,\"y\":1}", "is null, expected a value of type Int"),
        Arguments.of(Point.class, "{\"x\":2.5,\"y\":1}", "component x of the stored value"),
        Arguments.of(int.class, "2147483648", "is \"2147483648\", expected a value of type Int"),
        Arguments.of(byte.class, "300", "is \"300\", expected a value of type Byte"),
        Arguments.of(double.class, "\"nan\"", "is text \"nan\", expected a value of type Double"),
        Arguments.of(char.class, "\"ab\"", "expected one UTF-16 unit"),
        Arguments.of(boolean.class, "1", "is number 1, expected a value of type Boolean"),
        Arguments.of(Level.class, "\"MIDDLE\"", "expected one of [HIGH, LOW]"),
        Arguments.of(Instant.class, "\"yesterday\"", "is \"yesterday\", expected a value of type"),
        Arguments.of(
            Positive.class,
            "{\"value\":0}",
            "was refused by the constructor of record dev.colophon"),
        Arguments.of(Shape.class, "{\"radius\":1.0}", "is member \"radius\", expected member"),
        Arguments.of(
            Shape.class, "{\"@type\":\"java.lang.Runtime\"}", "expected one of the leaves"),
        Arguments.of(
            Shape.class, "{\"@type\":\"Fixed\",\"@value\":\"X\"}", "expected one of [UNIT_SQUARE]"),
        Arguments.of(
            new TypeOf<Set<Integer>>() {}.type(), "[1,1]", "component [1] of the stored value"),
        Arguments.of(
            new TypeOf<Map<Integer, Integer>>() {}.type(), "{\"1\":1,\"1\":2}", "is there twice"),
        Arguments.of(
            new TypeOf<Map<Integer, Integer>>() {}.type(), "{\"one\":1}", "is \"one\", expected"),
        Arguments.of(new TypeOf<List<char[]>>() {}.type(), "[[65536]]", "expected 0 to 65535"),
        Arguments.of(Chain.class, "{\"next\":".repeat(600) + "{}" + "}".repeat(600), "nest"),
        Arguments.of(new TypeOf<List<String>>() {}.type(), "[\"\u0000\"]", "can't be read: JSON"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("documentsAndWhyTheyAreRefused")
  void aDocumentThatIsNoValueOfTheTypeIsCorrupt(Type type, String json, String message) {
    assertCorrupt(type, Stored.of(contents.keep(json), "json"), message);
  }

  @Test
  void everyTruncatedDocumentIsCorrupt() throws IOException {
    Type type = new TypeOf<List<Shape>>() {}.type();
    List<Shape> shapes = List.of(new Shape.Group(List.of(new Shape.Circle(1), new Shape.Dot())));
    byte[] whole = contents.bytes(codecs.encode(type, shapes, contents).artifact().digest());
    for (int length = 0; length < whole.length; length++) {
      assertCorrupt(
          type, Stored.of(contents.keep(Arrays.copyOf(whole, length)), "json"), "stored value");
    }
  }

  @Test
  void aTextThatIsNotUtf8IsCorrupt() {
    Artifact artifact = contents.keep(new byte[] {'a', (byte) 0xff});
    assertCorrupt(String.class, Stored.of(artifact, "text"), "is not UTF-8");
  }

  @Test
  void everyTruncatedArrayIsCorrupt() throws IOException {
    byte[] whole = npy("<f8", "False", "(4,)", 32);
    for (int length = 0; length < whole.length; length++) {
      Artifact artifact = contents.keep(Arrays.copyOf(whole, length));
      assertCorrupt(double[].class, Stored.of(artifact, "npy"), "expected an .npy file of type");
    }
  }

  @Test
  void anArrayWhoseContentIsShorterThanItsSizeIsCorrupt() throws IOException {
    Artifact.Blob found = contents.keep(npy("<f8", "False", "(4,)", 24));
    Artifact claimed = new Artifact.Blob(found.digest(), 128 + 32);
    assertCorrupt(double[].class, Stored.of(claimed, "npy"), "ends at element 3");
  }

  @Test
  void anArrayWhoseContentGoesOnAfterItsSizeIsCorrupt() throws IOException {
    Artifact.Blob found = contents.keep(npy("|i1", "False", "(4,)", 5));
    Artifact claimed = new Artifact.Blob(found.digest(), 128 + 4);
    Artifact table = tableOf(claimed);
    assertCorrupt(Inner.class, Stored.of(table, "table"), "goes on after 4, expected 4 elements");
  }

  private Artifact tableOf(Artifact flags) throws IOException {
    TreeMap<String, TreeListing.Entry> entries = new TreeMap<>();
    String json =
        "{\"carrier\":{\"@npy\":\"carrier.npy\"},\"flags\":{\"@npy\":\"flags.npy\"},\"more\":{}}";
    Artifact carrier = contents.keep(npy("<i4", "False", "(0,)", 0));
    entries.put("carrier.npy", new TreeListing.Entry(TreeListing.Kind.FILE, carrier));
    entries.put("flags.npy", new TreeListing.Entry(TreeListing.Kind.FILE, flags));
    entries.put("value.json", new TreeListing.Entry(TreeListing.Kind.FILE, contents.keep(json)));
    return Folders.putListing(new TreeListing(entries), contents);
  }

  static Stream<Arguments> hostileHeaders() {
    return Stream.of(
        Arguments.of("<f8", "False", "(2147483647,)"),
        Arguments.of("<f8", "False", "(9223372036854775807,)"),
        Arguments.of("<f8", "False", "(-4,)"),
        Arguments.of("<f8", "False", "(2, 2)"),
        Arguments.of("<f8", "False", "()"),
        Arguments.of("<f8", "True", "(4,)"),
        Arguments.of(">f8", "False", "(4,)"),
        Arguments.of("<i8", "False", "(4,)"),
        Arguments.of("<f4", "False", "(8,)"),
        Arguments.of("|O", "False", "(4,)"),
        Arguments.of("<f8', 'x': __import__('os'), 'y': '", "False", "(4,)"));
  }

  @ParameterizedTest
  @MethodSource("hostileHeaders")
  void aHeaderThatPromisesSomethingElseIsCorrupt(String descriptor, String fortran, String shape) {
    Artifact artifact = contents.keep(npy(descriptor, fortran, shape, 32));
    assertCorrupt(
        double[].class, Stored.of(artifact, "npy"), "expected an .npy file of type '<f8'");
  }

  @Test
  void anotherVersionOfTheFormatIsCorrupt() {
    byte[] npy = npy("<f8", "False", "(4,)", 32);
    npy[6] = 2;
    assertCorrupt(double[].class, Stored.of(contents.keep(npy), "npy"), "expected an .npy file");
  }

  @Test
  void aTruthValueThatIsNeitherIsCorrupt() {
    byte[] npy = npy("|b1", "False", "(1,)", 1);
    npy[128] = 2;
    assertCorrupt(boolean[].class, Stored.of(contents.keep(npy), "npy"), "expected 0 or 1");
  }

  private static byte[] npy(String descriptor, String fortran, String shape, int dataBytes) {
    String dictionary =
        "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }".formatted(descriptor, fortran, shape);
    byte[] file =
        Arrays.copyOf("\0NUMPY\1\0v\0".getBytes(StandardCharsets.US_ASCII), 128 + dataBytes);
    file[0] = (byte) 0x93;
    Arrays.fill(file, 10, 127, (byte) ' ');
    System.arraycopy(
        dictionary.getBytes(StandardCharsets.US_ASCII), 0, file, 10, dictionary.length());
    file[127] = '\n';
    return file;
  }

  @Test
  void aTableWithoutOneOfItsArraysIsCorrupt() throws IOException {
    assertCorrupt(Table.class, changed("delay.npy", false), "expected a file \"delay.npy\"");
  }

  @Test
  void aTableWithoutItsJsonIsCorrupt() throws IOException {
    assertCorrupt(Table.class, changed("value.json", false), "expected a file \"value.json\"");
  }

  @Test
  void aTableWithAFileTooManyIsCorrupt() throws IOException {
    assertCorrupt(Table.class, changed("more.npy", true), "has files [more.npy], expected none");
  }

  private Stored changed(String name, boolean added) throws IOException {
    Table table =
        new Table("t", new double[1], new Inner(new int[1], new byte[1], Map.of()), List.of());
    Artifact artifact = codecs.encode(Table.class, table, contents).artifact();
    var entries = new TreeMap<>(TreeListing.parse(contents.bytes(artifact.digest())).entries());
    if (added) {
      entries.put(name, new TreeListing.Entry(TreeListing.Kind.FILE, contents.keep("x")));
    } else {
      entries.remove(name);
    }
    return Stored.of(Folders.putListing(new TreeListing(entries), contents), "table");
  }

  @Test
  void aTreeOfAnotherSizeThanItsRecordSaysIsCorrupt() throws IOException {
    Stored stored = changed("unused", false);
    Artifact claimed = new Artifact.Tree(stored.artifact().digest(), 1);
    assertCorrupt(Table.class, Stored.of(claimed, "table"), "expected 1 bytes");
  }
}
