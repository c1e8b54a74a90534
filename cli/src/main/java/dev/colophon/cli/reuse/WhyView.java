package dev.colophon.cli.reuse;

import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.json.Json;
import dev.colophon.core.lineage.Cause;
import dev.colophon.core.lineage.Explanation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why tasks of one run ran, for a person: those of one step that are alike stand together.
 *
 * @param explained by step, then by index
 * @param tasks how many were asked about: what some depend on may not be known yet
 */
public record WhyView(List<Explanation> explained, int tasks) {
  private static final int MOST_NAMED = 5;

  /** What tasks have in common that are told together. */
  private record Alike(
      Name step, boolean reused, Optional<RunId> comparedWith, List<Cause> causes) {
    static Alike of(Explanation each) {
      return new Alike(
          each.task().step(),
          each.reused(),
          each.comparedWith().map(other -> other.run()),
          each.causes().stream().map(Alike::roughly).distinct().toList());
    }

    /** Without what is different for every task. */
    private static Cause roughly(Cause cause) {
      return switch (cause.kind()) {
        case INPUT, ELEMENT ->
            new Cause(
                cause.kind(),
                cause.name(),
                cause.from().map(f -> "one"),
                cause.to().map(t -> "one"));
        case CODE, LIBRARY, PARAMETER, JDK, POLICY, FIRST -> cause;
      };
    }
  }

  /** The explanations, in order. */
  public Json json() {
    return Json.of(explained.stream().map(Explanation::toJson).toList());
  }

  /** Writes the text. */
  public void write(Screen screen) {
    Map<Name, Long> sizes =
        explained.stream()
            .collect(Collectors.groupingBy(each -> each.task().step(), Collectors.counting()));
    Map<Alike, List<Explanation>> groups = new LinkedHashMap<>();
    explained.forEach(
        each -> groups.computeIfAbsent(Alike.of(each), key -> new ArrayList<>()).add(each));
    groups.forEach(
        (alike, members) -> {
          if (members.size() == 1) {
            writeOne(members.getFirst(), screen);
          } else {
            writeSeveral(alike, members, sizes.getOrDefault(alike.step(), 0L), screen);
          }
        });
    if (explained.size() < tasks) {
      screen.line(
          "%s can't be explained: what a task depends on is recorded when it ends"
              .formatted(Show.count(tasks - explained.size(), "task")));
    }
  }

  private static void writeOne(Explanation task, Screen screen) {
    String compared =
        task.comparedWith()
            .map(other -> (task.reused() ? "   from " : "   compared with ") + other)
            .orElse("");
    screen.cut(
        screen.bold(task.task().toString()) + (task.reused() ? "   reused" : "   ran") + compared);
    CauseTable.write("  ", task.causes(), true, screen);
  }

  private static void writeSeveral(
      Alike alike, List<Explanation> members, long all, Screen screen) {
    String compared =
        alike
            .comparedWith()
            .map(other -> (alike.reused() ? "   from " : "   compared with ") + other)
            .orElse("");
    String how =
        members.size() == all
            ? Show.count(all, "task")
            : "%s of %s (%s)"
                .formatted(Show.count(members.size()), Show.count(all, "task"), places(members));
    screen.cut(
        "%s   %s %s%s"
            .formatted(
                screen.bold(members.getFirst().task().stepId().toString()),
                how,
                alike.reused() ? "reused" : "ran",
                compared));
    CauseTable.write("  ", alike.causes(), false, screen);
  }

  private static String places(List<Explanation> members) {
    String first =
        members.stream()
            .limit(MOST_NAMED)
            .map(each -> each.task().index().toString())
            .collect(Collectors.joining(" "));
    return members.size() > MOST_NAMED ? first + " …" : first;
  }
}
