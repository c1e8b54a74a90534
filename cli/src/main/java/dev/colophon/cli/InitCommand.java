package dev.colophon.cli;

import dev.colophon.cli.flows.NewFlow;
import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.World;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "init",
    header = "Makes a flow that runs, a test of it, and a place for its runs.",
    description = {
      "",
      "Writes NAME.java and NAMETest.java, and a line into .gitignore; nothing that is there is"
          + " overwritten. Outside of a project, that is, where neither the folder nor one above it"
          + " holds .colophon or a Git repository, a .colophon is made."
    },
    footer = {"", "Example:", "  colophon init prices --name Prices"})
final class InitCommand implements Callable<Integer> {
  private final Frame frame;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Where; it is made if need be. Default: the working folder.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "FirstFlow",
      description = "Name of the flow's class. Default: ${DEFAULT-VALUE}.")
  private String name = "";

  InitCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    World world = frame.world();
    NewFlow flow = new NewFlow(name);
    Path place = folder.map(world.workingFolder()::resolve).orElse(world.workingFolder());
    List<String> written = flow.write(place);
    if (isOutsideOfAProject(place)) {
      new Home(place.resolve(Home.NAME)).create();
    }
    return frame.answer(
        Answer.of(
            () ->
                Json.object()
                    .put("folder", place.toAbsolutePath().normalize().toString())
                    .put("files", Json.ofStrings(written))
                    .put("next", Json.ofStrings(next(flow)))
                    .build(),
            screen -> write(written, flow, screen)));
  }

  /** Whether runs of its flows would go to the person's own home for want of a nearer one. */
  private boolean isOutsideOfAProject(Path place) {
    World world = frame.world();
    Home found = Home.find(Optional.empty(), world.environment(), place, world.personFolder());
    return found.equals(new Home(world.personFolder().resolve(Home.NAME)));
  }

  private void write(List<String> written, NewFlow flow, Screen screen) {
    screen.line(
        "made " + String.join(", ", written) + folder.map(place -> " in " + place).orElse(""));
    screen.line("next:");
    next(flow).forEach(command -> screen.line("  " + command));
  }

  private List<String> next(NewFlow flow) {
    String run = "colophon run " + flow.file();
    String test = "colophon run " + flow.testFile();
    String show = "colophon show " + flow.name() + "/1";
    return folder
        .map(place -> List.of("cd " + Show.shellLine(List.of(place.toString())), run, test, show))
        .orElse(List.of(run, test, show));
  }
}
