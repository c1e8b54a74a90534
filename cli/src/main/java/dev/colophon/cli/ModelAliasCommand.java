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

  @Parameters(
      index = "2",
      paramLabel = "VERSION",
      description = "Its number, or NAME@VERSION or NAME@ALIAS.")
  private String version = "";

  @Option(
      names = "--expect",
      paramLabel = "OLD",
      defaultValue = "any",
      description =
          "Version that the alias must name now, as above, or none for a new alias. Default: any.")
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
    AliasId id = new AliasId(Address.modelName(model, "model alias"), Name.of(alias));
    if (alias.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Invalid(
          "alias \"%s\": expected a name that is no number, which would name a version"
              .formatted(alias));
    }
    try (Colophon colophon = frame.reading()) {
      Registry registry = colophon.registry();
      registry.getModel(id.model());
      VersionId target = version(version, id.model(), "version", colophon);
      OptionalInt expected = expected(id.model(), colophon);
      registry.getVersion(target);
      boolean there = registry.findAlias(id).filter(target::equals).isPresent();
      AliasMove move =
          registry.point(id, target.number(), expected, frame.now(), frame.world().person(), why);
      return frame.answer(
          Answer.of(() -> ModelJson.toJson(move), screen -> write(move, there, screen)));
    }
  }

  private OptionalInt expected(Name of, Colophon colophon) {
    return switch (expect) {
      case "any" -> OptionalInt.empty();
      case "none" -> OptionalInt.of(NONE);
      default -> OptionalInt.of(version(expect, of, "--expect", colophon).number());
    };
  }

  /** {@code 3}, {@code NAME@3} or {@code NAME@ALIAS}. */
  private VersionId version(String text, Name of, String what, Colophon colophon) {
    boolean named = text.indexOf('@') >= 0;
    if (!named && !text.matches("[0-9]+")) {
      throw noVersion(text, of, what);
    }
    String whole = named ? text : of + "@" + text;
    VersionId found = new Address(colophon, frame.world().workingFolder()).version(whole);
    if (!found.model().equals(of)) {
      throw noVersion(text, of, what);
    }
    return found;
  }

  private static Invalid noVersion(String text, Name of, String what) {
    return new Invalid(
        "%s %s: expected a version of model \"%s\", such as 3 or %s@3"
            .formatted(what, text, of, of));
  }

  private static void write(AliasMove move, boolean there, Screen screen) {
    String from = move.from().isPresent() ? "version " + move.from().getAsInt() : "nothing";
    screen.line(
        there
            ? "%s   names version %d already".formatted(move.alias(), move.to())
            : "%s   %s → version %d".formatted(move.alias(), from, move.to()));
  }
}
