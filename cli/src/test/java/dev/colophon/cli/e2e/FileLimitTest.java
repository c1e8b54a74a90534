package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.cli.e2e.Command.Ended;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home whose files can't grow: what {@link FullDiskTest} shows to root, for everybody. */
class FileLimitTest {
  @TempDir Path folder;
  private Command colophon;
  private Command limited;

  @BeforeEach
  void writeTheFlow() throws Exception {
    colophon =
        Command.in(folder)
            .file(
                "Big.java",
                """
                import dev.colophon.flow.*;
                import java.util.*;
                import java.util.stream.*;

                @Flow
                class Big {
                  @Param int megabytes = 1;
                  @Param int small = 1;

                  @Step
                  byte[] noise(int megabytes) {
                    byte[] bytes = new byte[megabytes << 20];
                    new Random(1).nextBytes(bytes);
                    return bytes;
                  }

                  @Step
                  List<Integer> numbers(int small) {
                    return IntStream.range(0, small).boxed().toList();
                  }

                  @Step
                  byte[] piece(@Each("numbers") int number) {
                    byte[] bytes = new byte[15_000];
                    new Random(number).nextBytes(bytes);
                    return bytes;
                  }
                }
                """);
    limited = colophon.withLargestFile(4);
  }

  @Test
  void aStepWhoseValueCannotBeWrittenFailsNamingTheStoreAndWhy() throws Exception {
    Ended ended = limited.run("run", "Big.java", "--megabytes", "30", "--json");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Big/1/noise");
    assertThat(ended.text("failure.headline")).contains("store").contains("File too large");
  }

  @Test
  void aCatalogThatCannotGrowEndsTheRunNamingIt() throws Exception {
    colophon.run("run", "Big.java");
    Ended ended = limited.run("run", "Big.java", "--small", "2000", "--json");
    // SQLite tells a refused write from a failing medium only where the disk is full
    assertThat(ended.text("error.code")).isIn("unavailable", "outcome_unknown");
    assertThat(ended.status()).isIn(7, 8);
    assertThat(ended.text("error.message")).contains(colophon.home().toString());
  }

  @Test
  void onceItCanGrowAgainTheNextRunWorksAndNothingIsLost() throws Exception {
    colophon.run("run", "Big.java");
    limited.run("run", "Big.java", "--small", "2000");
    Ended next = colophon.run("run", "Big.java", "--small", "5", "--json");
    assertThat(next.status()).isEqualTo(0);
    assertThat(next.text("number")).isEqualTo("3");
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("\"running\"");
    assertThat(colophon.run("get", "Big/1/noise", "--to", "copy").status()).isEqualTo(0);
  }
}
