package dev.colophon.cli.flows;

import dev.colophon.cli.flows.FlowShape.Kind;
import dev.colophon.cli.flows.FlowShape.Read;
import dev.colophon.cli.flows.FlowShape.Step;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A flow for a person: as a table, or as a drawing for Graphviz. */
public final class FlowText {
  private final FlowShape flow;

  public FlowText(FlowShape flow) {
    this.flow = flow;
  }

  /** Its parameters and steps. */
  public void write(Screen screen) {
    screen.cut(
        "%s   %s   %s"
            .formatted(
                screen.bold(flow.flow()), flow.origin(), Show.count(flow.steps().size(), "step")));
    if (!flow.params().isEmpty()) {
      screen.cut(
          "  params   "
              + flow.params().stream()
                  .map(param -> param.name() + param.type().map(type -> ": " + type).orElse(""))
                  .collect(Collectors.joining(", ")));
    }
    screen.line();
    Table table = new Table("  ", "STEP", "FOR EACH", "READS", "RETURNS");
    for (Step step : flow.steps()) {
      table.add(
          step.name(),
          String.join(" x ", step.dimensions()),
          step.reads().stream()
              .filter(read -> read.kind() != Kind.ELEMENT)
              .map(Read::name)
              .collect(Collectors.joining(", ")),
          step.returns().orElse(""));
    }
    table.write(screen);
  }

  /** In the language of Graphviz: steps are boxes, a fanned-out one several, datasets notes. */
  public void writeDot(Screen screen) {
    screen.line("digraph " + quoted(flow.flow()) + " {");
    screen.line("  rankdir=LR;");
    screen.line("  node [shape=box];");
    Set<String> others = new TreeSet<>();
    for (Step step : flow.steps()) {
      String label =
          step.name()
              + (step.dimensions().isEmpty()
                  ? ""
                  : "\nfor each " + String.join(" x ", step.dimensions()))
              + step.returns().map(type -> "\n" + type).orElse("");
      screen.line(
          "  %s [label=%s%s];"
              .formatted(
                  quoted(step.name()),
                  quoted(label),
                  step.dimensions().isEmpty() ? "" : ", peripheries=2"));
      for (Read read : step.reads()) {
        if (read.kind() == Kind.DATASET) {
          others.add("  %s [shape=note];".formatted(quoted(read.name())));
        }
      }
    }
    others.forEach(screen::line);
    Set<String> steps = flow.steps().stream().map(Step::name).collect(Collectors.toSet());
    for (Step step : flow.steps()) {
      step.reads().stream()
          .filter(read -> read.kind() == Kind.DATASET || steps.contains(read.name()))
          .map(
              read ->
                  "  %s -> %s%s;"
                      .formatted(
                          quoted(read.name()),
                          quoted(step.name()),
                          read.kind() == Kind.ELEMENT ? " [style=dashed]" : ""))
          .distinct()
          .forEach(screen::line);
    }
    screen.line("}");
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
