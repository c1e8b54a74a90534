package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NumPy reads what the codec {@code npy} writes, and writes the same bytes.
 *
 * <p>Needs the system property {@code colophon.python}: path of an interpreter that has NumPy.
 * Without it these tests are skipped, but on CI they fail.
 */
@Tag("python")
final class NumpyTest {
  /** Reads a file, prints type, shape and elements, and saves the array again beside it. */
  private static final String SCRIPT =
      """
      import sys, numpy
      array = numpy.load(sys.argv[1], allow_pickle=False)
      print(array.dtype.str, array.shape, array.tolist())
      numpy.save(sys.argv[2], array)
      """;

  private final MemoryContents contents = new MemoryContents();
  private String python = "";

  @TempDir private Path folder;

  @BeforeEach
  void findPython() {
    python = System.getProperty("colophon.python", "");
    if (python.isEmpty() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("CI=true, but the system property colophon.python is not set");
    }
    assumeTrue(!python.isEmpty(), "the system property colophon.python is not set");
  }

  static Stream<Arguments> arrays() {
    return Stream.of(
        Arguments.of(new boolean[] {true, false}, "|b1 (2,) [True, False]"),
        Arguments.of(new short[] {1, -32768}, "<i2 (2,) [1, -32768]"),
        Arguments.of(new char[] {'A', '\uffff'}, "<u2 (2,) [65, 65535]"),
        Arguments.of(new int[] {1, Integer.MIN_VALUE}, "<i4 (2,) [1, -2147483648]"),
        Arguments.of(new long[] {Long.MIN_VALUE}, "<i8 (1,) [-9223372036854775808]"),
        Arguments.of(new float[] {0.5f, -0.0f}, "<f4 (2,) [0.5, -0.0]"),
        Arguments.of(
            new double[] {0.1, Double.NaN, Double.NEGATIVE_INFINITY}, "<f8 (3,) [0.1, nan, -inf]"),
        Arguments.of(new double[0], "<f8 (0,) []"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("arrays")
  void numpyReadsAnArrayAndWritesTheSameBytes(Object array, String expected) throws Exception {
    Stored stored = new Codecs().encode(array.getClass(), array, contents);
    byte[] bytes = contents.bytes(stored.artifact().digest());
    Path file = Files.write(folder.resolve("array.npy"), bytes);
    Path again = folder.resolve("again.npy");
    assertThat(run(file, again)).isEqualTo(expected);
    assertThat(Files.readAllBytes(again)).isEqualTo(bytes);
  }

  private String run(Path file, Path again) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(python, "-c", SCRIPT, file.toString(), again.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
