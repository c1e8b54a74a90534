package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Table;
import dev.colophon.core.json.Json;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.embedded.Colophon;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "history",
    header = "Lists all moves of a model's aliases, newest first.",
    footer = {"", "Example:", "  colophon model history flight-delays"})
final class ModelHistoryCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(paramLabel = "NAME", description = "The model.")
  private String name = "";

  ModelHistoryCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    try (Colophon colophon = frame.reading()) {
      ModelRecord model = colophon.registry().getModel(Address.modelName(name, "model history"));
      List<AliasMove> moves = colophon.registry().history(model.name());
      return frame.answer(
          Answer.of(() -> json(model, moves), screen -> write(model, moves, screen)));
    }
  }

  private static Json json(ModelRecord model, List<AliasMove> moves) {
    return Json.object()
        .put("name", model.name().text())
        .put("moves", Json.of(moves.stream().map(ModelJson::toJson).toList()))
        .build();
  }

  private static void write(ModelRecord model, List<AliasMove> moves, Screen screen) {
    if (moves.isEmpty()) {
      screen.line(
          "No alias of %s yet. Name a version: colophon model alias %s champion %d"
              .formatted(model.name(), model.name(), model.latest()));
      return;
    }
    Table table = new Table("", "WHEN", "BY", "ALIAS", ">FROM", ">TO", "WHY");
    for (AliasMove move : moves) {
      table.add(
          screen.time(move.at()),
          move.by(),
          move.alias().alias().text(),
          move.from().isPresent() ? Integer.toString(move.from().getAsInt()) : "-",
          Integer.toString(move.to()),
          move.why());
    }
    table.write(screen);
  }
}
