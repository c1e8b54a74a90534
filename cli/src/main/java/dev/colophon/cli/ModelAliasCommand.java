package dev.colophon.cli;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelJson;
import dev.colophon.core.model.Registry;
import dev.colophon.embedded.Colophon;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "alias",
    header = "Points an alias of a model at a version.",
    description = {
      "",
      "With --expect the alias moves only if it names that version now; otherwise the exit status"
          + " is 5 and nothing changes."
    },
    footer = {
      "",
      "Example:",
      "  colophon model alias flight-delays champion 4 --expect 3 --why \"better in autumn\""
    })
final class ModelAliasCommand implements Callable<Integer> {
  /** What a registry expects of an alias that must not exist. */
  private static final int NONE = 0;

  private final Frame frame;

  @Parameters(index = "0", paramLabel = "NAME", description = "The model.")
  private String model = "";

  @Parameters(index = "1", paramLabel = "ALIAS", description = "Such as champion.")
  private String alias = "";

  @Parameters(index = "2", paramLabel = "VERSION", description = "Number of the version.")
  private int version;

  @Option(
      names = "--expect",
      paramLabel = "OLD",
      defaultValue = "any",
      description = "Version that the alias must name now, or none for a new alias. Default: any.")
  private String expect = "";

  @Option(
      names = "--why",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "The reason, kept in the history.")
  private String why = "";

  ModelAliasCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    AliasId id = new AliasId(Name.of(model), Name.of(alias));
    if (alias.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Invalid(
          "alias \"%s\": expected a name that is no number, which would name a version"
              .formatted(alias));
    }
    OptionalInt expected = expected();
    try (Colophon colophon = frame.reading()) {
      Registry registry = colophon.registry();
      registry.getVersion(new VersionId(id.model(), version));
      boolean there = registry.findAlias(id).filter(now -> now.number() == version).isPresent();
      AliasMove move =
          registry.point(id, version, expected, frame.now(), frame.world().person(), why);
      return frame.answer(
          Answer.of(() -> ModelJson.toJson(move), screen -> write(move, there, screen)));
    }
  }

  private OptionalInt expected() {
    return switch (expect) {
      case "any" -> OptionalInt.empty();
      case "none" -> OptionalInt.of(NONE);
      default -> OptionalInt.of(number(expect));
    };
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new Invalid("--expect %s: expected a version number, any or none".formatted(text), e);
    }
  }

  private static void write(AliasMove move, boolean there, Screen screen) {
    String from = move.from().isPresent() ? "version " + move.from().getAsInt() : "nothing";
    screen.line(
        there
            ? "%s   names version %d already".formatted(move.alias(), move.to())
            : "%s   %s -> version %d".formatted(move.alias(), from, move.to()));
  }
}
