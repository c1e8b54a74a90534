package dev.colophon.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.colophon.cli.e2e.Command.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A home on a disk of 16 MB that runs full. Needs to be root to make one; {@link FileLimitTest}
 * does without. The same faults are injected into store, catalog and runner in their own modules.
 */
class FullDiskTest {
  @TempDir Path folder;
  private Path disk = Path.of("");
  private Command colophon;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = command("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString());
    assumeTrue(mounted, "only root can mount a small disk");
    colophon =
        Command.in(folder)
            .home(disk.resolve("home"))
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
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(command("umount", disk.toString())).isTrue();
    }
  }

  private static boolean command(String... words) throws Exception {
    Process process =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /** Takes all the room that there is but for some KB. */
  private Path fill(int leaveKilobytes) throws IOException {
    Path filler = disk.resolve("filler");
    byte[] kilobyte = new byte[4_096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (Files.getFileStore(disk).getUsableSpace() > leaveKilobytes * 1_024L) {
        out.write(kilobyte);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return filler;
  }

  @Test
  void aStepWhoseValueFindsNoRoomFailsAndTheMessageSaysTheDiskIsFull() throws Exception {
    Ended ended = colophon.run("run", "Big.java", "--megabytes", "30", "--json");
    assertThat(ended.status()).isEqualTo(1);
    assertThat(ended.text("failure.task")).isEqualTo("Big/1/noise");
    assertThat(ended.text("failure.headline"))
        .contains("store")
        .contains("No space left on device");
  }

  @Test
  void afterAStepFoundNoRoomTheNextRunWorks() throws Exception {
    colophon.run("run", "Big.java", "--megabytes", "30");
    assertThat(colophon.run("run", "Big.java", "--megabytes", "2").status()).isEqualTo(0);
    assertThat(colophon.run("get", "Big/2/noise", "--to", "copy").status()).isEqualTo(0);
  }

  @Test
  void aRunOnAFullDiskIsRefusedNamingWhatIsFull() throws Exception {
    colophon.run("run", "Big.java");
    fill(0);
    Ended ended = colophon.run("run", "Big.java", "--small", "2", "--json");
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.code")).isEqualTo("unavailable");
    assertThat(ended.text("error.message"))
        .contains(colophon.home().toString())
        .containsPattern("[Nn]o space left|disk is full");
  }

  @Test
  void aDiskThatFillsUpDuringARunEndsItNamingTheCatalog() throws Exception {
    colophon.run("run", "Big.java");
    fill(1_200);
    Ended ended = colophon.run("run", "Big.java", "--small", "2000", "--json");
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.message"))
        .contains(colophon.home().toString())
        .containsPattern("[Nn]o space left|disk is full");
  }

  @Test
  void onceThereIsRoomAgainTheNextRunWorksAndNothingIsLost() throws Exception {
    colophon.run("run", "Big.java");
    Path filler = fill(1_200);
    colophon.run("run", "Big.java", "--small", "2000");
    Files.delete(filler);
    Ended next = colophon.run("run", "Big.java", "--small", "5", "--json");
    assertThat(next.status()).isEqualTo(0);
    assertThat(next.text("number")).isEqualTo("3");
    assertThat(colophon.run("runs", "--json").out()).doesNotContain("\"running\"");
    assertThat(colophon.run("get", "Big/1/noise", "--to", "copy").status()).isEqualTo(0);
  }

  @Test
  void whatIsThereCanBeReadFromAFullDisk() throws Exception {
    colophon.run("run", "Big.java");
    fill(0);
    Ended runs = colophon.run("runs", "--json");
    assertThat(runs.err()).isEmpty();
    assertThat(runs.status()).isEqualTo(0);
    assertThat(colophon.run("get", "Big/1/noise", "--to", "copy").status()).isEqualTo(0);
  }

  @Test
  void aCopyThatFindsNoRoomIsNotLeftHalfWritten() throws Exception {
    colophon.run("run", "Big.java", "--megabytes", "4");
    fill(1_000);
    Path copy = disk.resolve("copy");
    Ended ended = colophon.run("get", "Big/1/noise", "--to", copy.toString(), "--json");
    assertThat(ended.status()).isEqualTo(7);
    assertThat(ended.text("error.message")).contains("No space left on device");
    try (var left = Files.list(disk)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("filler", "home");
    }
  }
}
