package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFolderTest {
  private static final int PROCESSES = 16;

  @TempDir private Path parent;

  private ScratchFolder take() {
    return ScratchFolder.take(parent, UUID.randomUUID());
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(parent)) {
      return found.filter(Files::isDirectory).toList();
    }
  }

  @Test
  void nothingIsLeftOfAFolderThatWasGivenBack() throws IOException {
    try (ScratchFolder scratch = take()) {
      Files.writeString(scratch.path().resolve("x"), "x");
    }
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void theFolderOfAKilledProcessIsSweptWhenTheNextOneIsTaken() throws Exception {
    Process killed = OtherProcess.holding(parent);
    killed.destroyForcibly().waitFor();
    assertThat(folders()).hasSize(1);
    take().close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void theFolderOfALivingProcessStays() throws Exception {
    Process living = OtherProcess.holding(parent);
    try {
      List<Path> held = folders();
      take().close();
      assertThat(folders())
          .isEqualTo(held)
          .singleElement()
          .satisfies(each -> assertThat(each.resolve("sub/x")).exists());
    } finally {
      living.outputWriter().close();
      living.waitFor();
    }
  }

  @Test
  void aFolderOfThisProcessStaysItsOwnWhenAnotherIsTakenBesideIt() throws Exception {
    try (ScratchFolder first = take()) {
      take().close();
      Process other = OtherProcess.start("again", parent.toString(), "1");
      other.waitFor();
      assertThat(first.path()).isDirectory();
    }
  }

  @Test
  void manyProcessesNeverDeleteEachOthersFolders() throws Exception {
    OtherProcess.holding(parent).destroyForcibly().waitFor();
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(OtherProcess.start("again", parent.toString(), "40"));
    }
    StringBuilder said = new StringBuilder();
    for (Process process : processes) {
      said.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      process.waitFor();
    }
    assertThat(said.toString()).isEmpty();
    assertThat(parent).isEmptyDirectory();
  }
}
