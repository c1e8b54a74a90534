package dev.colophon.cli.compare;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.embedded.Colophon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two runs, or the runs that made two versions of a model, side by side. */
public final class Comparison {
  private final Side from;
  private final Side to;
  private final List<Section> sections;

  private Comparison(Side from, Side to, List<Section> sections) {
    this.from = from;
    this.to = to;
    this.sections = sections;
  }

  /**
   * One of the two.
   *
   * @param name as it was asked for
   * @param version the model version, if it is one that is compared
   */
  public record Compared(String name, RunId run, Optional<VersionRecord> version) {}

  /** Compares all that is recorded of both. */
  public static Comparison of(Compared first, Compared second, Colophon colophon) {
    Side from = Side.of(first.name(), first.run(), first.version(), colophon);
    Side to = Side.of(second.name(), second.run(), second.version(), colophon);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("model", from.model(), to.model()));
    sections.add(Section.of("run", from.run(), to.run()));
    sections.add(Section.of("code", from.commit(), to.commit()));
    SnapshotDiff.of(from.code().snapshot(), to.code().snapshot(), colophon.artifacts())
        .ifPresent(sections::add);
    sections.add(Section.of("libraries", from.libraries(), to.libraries()));
    sections.add(
        Section.of("parameters", from.graph().run().parameters(), to.graph().run().parameters()));
    sections.add(Section.of("datasets", from.datasets(), to.datasets()));
    sections.add(Section.of("environment", from.environment(), to.environment()));
    sections.add(Section.of("metrics", from.metrics(), to.metrics()));
    sections.add(Section.of("artifacts", from.artifacts(), to.artifacts()));
    return new Comparison(from, to, sections);
  }

  /** What differs, and how much does not. */
  public Answer answer() {
    return Answer.of(this::json, this::write);
  }

  private Json json() {
    Json.Builder json = Json.object().put("from", from.json()).put("to", to.json());
    sections.forEach(section -> json.put(section.title(), section.json()));
    return json.build();
  }

  private void write(Screen screen) {
    screen.cut(screen.bold(title(from) + " -> " + title(to)));
    sections.forEach(section -> section.write(screen));
    if (!from.code().snapshot().equals(to.code().snapshot())) {
      screen.line(
          screen.dim("line by line:  ")
              + "colophon code diff %s %s"
                  .formatted(from.graph().run().id(), to.graph().run().id()));
    }
  }

  private static String title(Side side) {
    String run = side.graph().run().id().toString();
    return side.version().isPresent() ? side.name() + " of " + run : run;
  }
}
