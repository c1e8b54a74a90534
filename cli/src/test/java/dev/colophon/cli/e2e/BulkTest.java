package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Much of something: a long fan-out, a large file. */
class BulkTest {
  private static final long TWO_GIGABYTES = 2L << 30;

  @TempDir Path folder;

  @Test
  void aThousandTasksOf20KilobytesTakeNoMoreThan30Files() throws Exception {
    Command colophon =
        Command.in(folder)
            .file(
                "Wide.java",
                """
                import dev.colophon.flow.*;
                import java.util.*;
                import java.util.stream.*;

                @Flow
                class Wide {
                  @Step
                  List<Integer> numbers() {
                    return IntStream.range(0, 1_000).boxed().toList();
                  }

                  @Step
                  byte[] piece(@Each("numbers") int number) {
                    byte[] bytes = new byte[20_000];
                    new Random(number).nextBytes(bytes);
                    return bytes;
                  }

                  @Step
                  long total(@All List<byte[]> piece) {
                    return piece.stream().mapToLong(bytes -> bytes.length).sum();
                  }
                }
                """);
    Ended ended = colophon.run("run", "Wide.java", "--json");
    assertThat(ended.status()).isEqualTo(0);
    assertThat(colophon.run("get", "Wide/1/total", "--to", "-").out()).isEqualTo("20000000");
    try (Stream<Path> files = Files.walk(colophon.home())) {
      assertThat(files.filter(Files::isRegularFile)).hasSizeLessThanOrEqualTo(30);
    }
  }

  @Test
  void aFileOf2GigabytesComesBackAsItWasFromASmallHeap() throws Exception {
    Command colophon =
        Command.in(folder)
            .heap("256m")
            .optimised()
            .file(
                "Large.java",
                """
                import dev.colophon.flow.*;
                import java.io.*;
                import java.nio.file.*;

                @Flow
                class Large {
                  @Step
                  Path sparse(TaskContext task) throws IOException {
                    Path file = task.folder().resolve("large.bin");
                    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                      out.setLength(2L << 30);
                      out.seek(1_500_000_000L);
                      out.writeUTF("in the middle of nothing");
                    }
                    return file;
                  }
                }
                """);
    Ended ran = colophon.run("run", "Large.java", "--json");
    assertThat(ran.err()).doesNotContain("error");
    assertThat(ran.status()).isEqualTo(0);
    Path copy = colophon.work().resolve("copy.bin");
    Ended got = colophon.run("get", "Large/1/sparse", "--to", copy.toString(), "--json");
    assertThat(got.status()).isEqualTo(0);
    assertThat(Files.size(copy)).isEqualTo(TWO_GIGABYTES);
    assertThat(got.text("sizeBytes")).isEqualTo(Long.toString(TWO_GIGABYTES));
    assertThat(digest(copy)).isEqualTo(got.text("digest"));
  }

  private static String digest(Path file) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 20];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
