package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.Page;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.embedded.Colophon;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "models",
    header = "Lists models, by name.",
    footer = {"", "Example:", "  colophon models"})
final class ModelsCommand implements Callable<Integer> {
  private final Frame frame;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most this many models. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--after",
      paramLabel = "NAME",
      description = "Only models whose names come after this one.")
  private Optional<String> after = Optional.empty();

  ModelsCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Limit.check(limit);
    try (Colophon colophon = frame.reading()) {
      Page<ModelRecord> page = colophon.registry().listModels(limit, after);
      return frame.answer(
          Answer.of(
              () -> ModelJson.page(page.items(), page.next()), screen -> write(page, screen)));
    }
  }

  private void write(Page<ModelRecord> page, Screen screen) {
    if (page.items().isEmpty()) {
      screen.line(
          "No models%s in %s. A step that returns NewVersion registers one."
              .formatted(after.isPresent() ? " after that" : " yet", frame.home()));
      return;
    }
    Table table = new Table("", "MODEL", ">LATEST", "MADE", "ALIASES");
    for (ModelRecord model : page.items()) {
      table.add(
          model.name().text(),
          Show.count(model.latest()),
          screen.time(model.latestAt()),
          aliases(model));
    }
    table.write(screen);
    page.next()
        .ifPresent(next -> screen.line(screen.dim("more models: " + frame.again("--after", next))));
  }

  /** {@code champion=3, challenger=4}. */
  static String aliases(ModelRecord model) {
    return model.aliases().entrySet().stream()
        .map(alias -> alias.getKey() + "=" + alias.getValue())
        .collect(Collectors.joining(", "));
  }
}
