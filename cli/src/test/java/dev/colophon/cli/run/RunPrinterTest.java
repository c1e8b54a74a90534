package dev.colophon.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.RunState;
import dev.colophon.core.run.TaskEnd;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunPrinterTest {
  private static final Instant NOW = Instant.parse("2026-11-23T16:00:00Z");
  private static final RunId RUN = RunId.parse("Flow/1");
  private static final Name FIT = Name.of("fit");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private RunPrinter printer(boolean live, TerminalSize size, boolean colour) {
    return new RunPrinter(
        new PrintStream(printed, true, StandardCharsets.UTF_8),
        Clock.fixed(NOW, ZoneOffset.UTC),
        live,
        size,
        colour);
  }

  private static TaskId task(String step, Integer... index) {
    return new TaskId(RUN, Name.of(step), new IndexPath(Arrays.asList(index)));
  }

  private static TaskEnd end(TaskId task, RunState state, Metric... metrics) {
    return new TaskEnd(
        task,
        state,
        1,
        NOW,
        NOW,
        List.of(),
        Optional.empty(),
        Map.of(),
        List.of(metrics),
        Optional.empty(),
        Optional.empty());
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 40, 80, 200})
  void linesThatAreDrawnAnewLeaveNothingBehindHoweverNarrowTheTerminal(int columns) {
    try (RunPrinter printer = printer(true, new TerminalSize(10, columns), false)) {
      Metric metric =
          new Metric("精度 of the whole thing", 0.5, OptionalLong.empty(), Optional.empty(), NOW);
      printer.stepExpanded(FIT, 3);
      printer.taskStarted(task("fit", 0));
      printer.taskStarted(task("fit", 1));
      printer.taskEnded(end(task("fit", 0), RunState.COMPLETED, metric), Optional.empty());
      for (int i = 0; i < 5; i++) {
        printer.taskPrinted(task("fit", 1), "said " + i);
      }
    }
    FakeTerminal terminal = new FakeTerminal(columns);
    terminal.write(printed.toString(StandardCharsets.UTF_8));
    assertThat(terminal.lines())
        .containsExactly(
            "  fit/1 │ said 0",
            "  fit/1 │ said 1",
            "  fit/1 │ said 2",
            "  fit/1 │ said 3",
            "  fit/1 │ said 4");
  }

  @Test
  void noMoreStepsAreDrawnThanTheTerminalHasRows() {
    RunPrinter printer = printer(true, new TerminalSize(4, 80), false);
    for (int i = 0; i < 9; i++) {
      printer.stepExpanded(Name.of("s" + i), 1);
      printer.taskStarted(task("s" + i));
    }
    printer.taskPrinted(task("s0"), "hello");
    FakeTerminal terminal = new FakeTerminal(80);
    terminal.write(printed.toString(StandardCharsets.UTF_8));
    assertThat(terminal.lines()).hasSize(1 + 3);
    printer.close();
  }

  @Test
  void theProgressOfAFanOutNeverGoesBack() {
    StepLine line = new StepLine(FIT, 4);
    List<Integer> shown = new ArrayList<>();
    line.taskStarted(NOW);
    line.taskStarted(NOW);
    long[][] told = {{0, 50}, {1, 10}, {0, 40}, {1, 90}, {0, 80}};
    for (long[] one : told) {
      line.progressed(new IndexPath(List.of((int) one[0])), one[1], 100);
      shown.add(percent(line));
    }
    line.taskEnded(end(task("fit", 0), RunState.COMPLETED), Optional.empty());
    shown.add(percent(line));
    assertThat(shown).containsExactly(12, 15, 15, 35, 42, 47);
  }

  private static int percent(StepLine line) {
    String text = line.text(4, NOW);
    return Integer.parseInt(text.replaceAll(".* (\\d+) %.*", "$1"));
  }

  @Test
  void aMetricWhoseNameSaysMeanIsNotCalledTheMeanMean() {
    StepLine line = new StepLine(FIT, 2);
    Metric metric = new Metric("mean auc", 0.5, OptionalLong.empty(), Optional.empty(), NOW);
    for (int i = 0; i < 2; i++) {
      line.taskStarted(NOW);
      line.taskEnded(end(task("fit", i), RunState.COMPLETED, metric), Optional.empty());
    }
    assertThat(line.text(3, NOW)).endsWith("   mean auc 0.5");
  }

  @Test
  void onATerminalTheWordsForTheEndOfAStepAreColoured() {
    try (RunPrinter printer = printer(true, TerminalSize.USUAL, true)) {
      printer.stepExpanded(FIT, 1);
      printer.taskStarted(task("fit"));
      printer.taskEnded(end(task("fit"), RunState.FAILED), Optional.empty());
    }
    assertThat(lines()).contains("  fit   \033[31mfailed \033[0m   0.0 s");
  }

  @Test
  void aStopNamesThreeTasksAtMost() {
    try (RunPrinter printer = printer(false, TerminalSize.USUAL, false)) {
      printer.runStopping(
          List.of(task("fit", 0), task("fit", 1), task("fit", 2), task("score"), task("last")),
          Duration.ofSeconds(10));
    }
    assertThat(lines())
        .containsExactly(
            "stopping: waiting up to 10 s for fit/0, fit/1, fit/2 and 2 more to return");
  }

  @Test
  void aTaskThatTalksAfterItWasGivenUpIsNoError() {
    try (RunPrinter printer = printer(true, TerminalSize.USUAL, false)) {
      printer.stepExpanded(FIT, 1);
      printer.taskStarted(task("fit"));
      printer.taskEnded(end(task("fit"), RunState.CANCELLED), Optional.empty());
      printer.taskProgressed(task("fit"), 1, 2);
    }
    assertThat(lines()).contains("  fit   cancelled   0.0 s");
  }

  /** What is seen of what is printed, lines that are longer than the terminal wrapped. */
  private static final class FakeTerminal {
    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    FakeTerminal(int columns) {
      this.columns = columns;
    }

    void write(String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '\n') {
          next();
        } else if (c == '\033') {
          i = escape(text, i + 2);
        } else {
          letter(c);
        }
      }
    }

    private int escape(String text, int from) {
      int at = from;
      while (Character.isDigit(text.charAt(at))) {
        at++;
      }
      if (text.charAt(at) == 'A') {
        row = Math.max(0, row - Integer.parseInt(text.substring(from, at)));
      } else {
        rows.subList(row + 1, rows.size()).clear();
        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
      }
      return at;
    }

    private void letter(char c) {
      int width = c >= 0x2E80 ? 2 : 1;
      if (column + width > columns) {
        next();
      }
      rows.get(row).append(c);
      column += width;
    }

    private void next() {
      row++;
      column = 0;
      if (row == rows.size()) {
        rows.add(new StringBuilder());
      }
    }

    List<String> lines() {
      return rows.stream().map(StringBuilder::toString).filter(line -> !line.isEmpty()).toList();
    }
  }
}
