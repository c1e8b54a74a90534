package dev.colophon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds when several processes use a store, die in the middle, or have little memory. */
class ProcessTest {
  private static final int ROUNDS = 6;
  private static final int PROCESSES = 2;

  @TempDir private Path root;

  @Test
  void whatWasSyncedOutlivesTheDeathOfItsProcess() throws Exception {
    var random = new Random(1);
    Set<Integer> acknowledged = new LinkedHashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      acknowledged.addAll(putAndKill(round, random));
      try (var store = new LocalStore(root, UUID::randomUUID)) {
        for (int seed : acknowledged) {
          var content = OtherProcess.content(seed);
          assertThat(Samples.read(store, content)).isEqualTo(content);
        }
        store.put(Samples.noise(-round, 5_000));
        store.sync();
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS * PROCESSES);
  }

  /** Runs some processes at once, each until it said so many things and then somewhat longer. */
  private List<Integer> putAndKill(int round, Random random) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      // overlapping seeds, so that some content is put by both
      var seed = String.valueOf(round * 10_000 + i * 10);
      processes.add(OtherProcess.start(List.of("-Xmx128m"), "forever", root.toString(), seed));
    }
    List<Integer> acknowledged = new ArrayList<>();
    for (Process process : processes) {
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        int enough = 1 + random.nextInt(60);
        for (int i = 0; i < enough; i++) {
          acknowledged.add(number(lines));
        }
        process.destroyForcibly().waitFor();
      }
    }
    return acknowledged;
  }

  private static int number(BufferedReader lines) throws IOException {
    var line = lines.readLine();
    assertThat(line).as("what the other process said").matches("\\d+");
    return Integer.parseInt(line);
  }

  @Test
  void contentOfTwoGigabytesPassesThroughASmallHeap() throws Exception {
    var process = OtherProcess.start(List.of("-Xmx256m"), "huge", root.toString());
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine())
          .isEqualTo(OtherProcess.HUGE_BYTES + " " + OtherProcess.HUGE_BYTES);
    }
    assertThat(process.waitFor()).isZero();
  }
}
