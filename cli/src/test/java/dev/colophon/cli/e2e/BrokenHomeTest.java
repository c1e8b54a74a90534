package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that can't be used, or not wholly: a clear error, and never wrong bytes. */
class BrokenHomeTest {
  /** Where SQLite keeps {@code user_version}, big-endian (https://sqlite.org/fileformat2.html). */
  private static final int USER_VERSION_OFFSET = 60;

  @TempDir Path folder;
  private Command colophon;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file(
                "Plain.java",
                """
                import dev.colophon.flow.*;
                import java.util.*;

                @Flow
                class Plain {
                  @Step
                  byte[] noise() {
                    byte[] bytes = new byte[200_000];
                    new Random(1).nextBytes(bytes);
                    return bytes;
                  }

                  @Step
                  int length(byte[] noise) {
                    return noise.length;
                  }
                }
                """);
  }

  private Ended runOn(Path home) throws Exception {
    return colophon.home(home).run("run", "Plain.java", "--json");
  }

  @Test
  void aFileWhereTheHomeShouldBeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    Ended ended = runOn(file);
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.message"))
        .contains("home " + file)
        .contains("expected a folder, found a file");
  }

  @Test
  void aHomeBelowAFileIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("taken"), "a file");
    Ended ended = runOn(file.resolve("home"));
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.code")).isEqualTo("unavailable");
    assertThat(ended.text("error.message")).contains("home " + file.resolve("home"));
  }

  @Test
  void aHomeWhereNothingCanBeMadeIsNamed() throws Exception {
    Ended ended = runOn(Path.of("/proc/colophon"));
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.message")).contains("home /proc/colophon").contains("--home");
  }

  @Test
  void aHomeOfANewerVersionIsRefused() throws Exception {
    colophon.run("run", "Plain.java");
    Files.writeString(colophon.home().resolve("config"), "format=99\n");
    for (List<String> command : List.of(List.of("runs"), List.of("run", "Plain.java"))) {
      Ended ended = colophon.run(words(command, "--json"));
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.text("error.message"))
          .contains("home " + colophon.home())
          .contains("format 99")
          .contains("use a newer version");
    }
  }

  private static String[] words(List<String> command, String... more) {
    return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void aCatalogOfANewerVersionIsRefused() throws Exception {
    colophon.run("run", "Plain.java");
    Path catalog = colophon.home().resolve("catalog.db");
    try (FileChannel file = FileChannel.open(catalog, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(4).putInt(0, 99), USER_VERSION_OFFSET);
    }
    for (List<String> command : List.of(List.of("runs"), List.of("run", "Plain.java"))) {
      Ended ended = colophon.run(words(command, "--json"));
      assertThat(ended.status()).isEqualTo(2);
      assertThat(ended.text("error.message")).contains("catalog " + catalog).contains("99");
    }
  }

  @Test
  void aStoreOfANewerVersionIsRefused() throws Exception {
    colophon.run("run", "Plain.java");
    Path config = colophon.home().resolve("store").resolve("config");
    Files.writeString(config, "colophon-store 99\n");
    Ended ended = colophon.run("run", "Plain.java", "--json");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.text("error.message")).contains("store").contains("99");
  }

  @Test
  void aCatalogThatIsNoDatabaseIsNamed() throws Exception {
    colophon.run("run", "Plain.java");
    Path catalog = colophon.home().resolve("catalog.db");
    Files.writeString(catalog, "not a database, but long enough to be taken for one".repeat(100));
    Ended ended = colophon.run("runs", "--json");
    assertThat(ended.status()).isEqualTo(6);
    assertThat(ended.text("error.message")).contains("catalog " + catalog);
  }

  @Test
  void aDamagedObjectIsRefusedAndNoFileIsLeft() throws Exception {
    colophon.run("run", "Plain.java");
    damageEveryPack();
    Path copy = colophon.work().resolve("copy");
    Ended ended = colophon.run("get", "Plain/1/noise", "--to", copy.toString(), "--json");
    assertThat(ended.status()).isEqualTo(6);
    assertThat(ended.text("error.code")).isEqualTo("corrupt");
    try (Stream<Path> left = Files.list(colophon.work())) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("Plain.java");
    }
  }

  @Test
  void aDamagedObjectIsNeverWrittenToAPipe() throws Exception {
    colophon.run("run", "Plain.java");
    damageEveryPack();
    Ended ended = colophon.run("get", "Plain/1/noise", "--to", "-");
    assertThat(ended.status()).isEqualTo(6);
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aRunAfterDamageKeepsTheContentAnew() throws Exception {
    colophon.run("run", "Plain.java");
    damageEveryPack();
    colophon.run("get", "Plain/1/noise", "--to", "copy");
    assertThat(colophon.run("run", "Plain.java").status()).isEqualTo(0);
    assertThat(colophon.run("get", "Plain/1/noise", "--to", "copy").status()).isEqualTo(0);
  }

  /** Turns around one bit in the middle of each pack. */
  private void damageEveryPack() throws IOException {
    try (Stream<Path> packs = Files.list(colophon.home().resolve("store").resolve("packs"))) {
      for (Path pack : packs.toList()) {
        try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
          long middle = file.length() / 2;
          file.seek(middle);
          int old = file.read();
          file.seek(middle);
          file.write(old ^ 1);
        }
      }
    }
  }
}
