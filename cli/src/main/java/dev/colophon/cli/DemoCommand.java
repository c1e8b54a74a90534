package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Show;
import dev.colophon.cli.frame.World;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.Refresh;
import dev.colophon.embedded.RunOptions;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    header = "Trains a model on real flights, registers it, and shows how it was made.",
    description =
        "Predicts which flights from New York arrive more than 15 minutes late, month by month"
            + " through 2013. Takes a minute and about 2 GB of memory.",
    footer = {"", "Example:", "  colophon demo"})
final class DemoCommand implements Callable<Integer> {
  private static final Path FLOW = Path.of("examples", "flights", "FlightDelays.java");

  private final Frame frame;

  DemoCommand(Frame frame) {
    this.frame = frame;
  }

  @Override
  public Integer call() {
    Path flow = flow();
    World world = frame.world();
    String shown = shown(flow);
    if (!frame.json()) {
      world.out().println("$ colophon run " + shown);
    }
    RunOptions options =
        new RunOptions(
            Map.of(),
            List.of(),
            Runtime.getRuntime().availableProcessors(),
            0,
            Optional.empty(),
            false,
            Refresh.NOTHING,
            world.person(),
            frame.commandLine());
    int status = new RunSupervisor(frame).run(new FlowTarget.SourceFile(flow), options);
    if (status == 0 && !frame.json()) {
      trace(shown);
    }
    return status;
  }

  private void trace(String flow) {
    World world = frame.world();
    String model;
    try (Colophon colophon = frame.reading()) {
      ModelRecord newest = colophon.registry().getModel(dev.colophon.core.Name.of("flight-delays"));
      model = newest.name() + "@" + newest.latest();
    }
    String home = frame.home().folder().toString();
    world.out().println();
    world.out().println("$ colophon trace " + model);
    int unused = Main.execute(world, frame.ports(), "trace", model, "--home", home);
    world.out().println();
    world.out().println("Next:");
    Map<String, String> next = new LinkedHashMap<>();
    next.put("colophon run " + flow + " --months 3", "another parameter, another version");
    next.put("colophon models", "what is registered");
    next.put("colophon model show flight-delays", "its versions");
    next.put("colophon runs", "what was run");
    int width = next.keySet().stream().mapToInt(String::length).max().orElse(0);
    next.forEach(
        (command, what) -> world.out().println("  " + Show.pad(command, width) + "   " + what));
    world.out().flush();
  }

  /** The checkout's own file when standing in one, else the distribution's. */
  private Path flow() {
    Path here = frame.world().workingFolder().resolve(FLOW);
    if (Files.isRegularFile(here)) {
      return here;
    }
    Path distributed = distribution().resolve(FLOW);
    if (Files.isRegularFile(distributed)) {
      return distributed;
    }
    throw new NotFound(
        "the demo's flow %s: neither in %s nor in %s; run the command in a checkout or from a whole distribution"
            .formatted(FLOW, frame.world().workingFolder(), distribution()));
  }

  private String shown(Path flow) {
    Path here = frame.world().workingFolder();
    return flow.startsWith(here) ? here.relativize(flow).toString() : flow.toString();
  }

  /** The folder above that of this program's jar. */
  private static Path distribution() {
    try {
      Path jar =
          Path.of(DemoCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return Optional.ofNullable(jar.getParent()).map(Path::getParent).orElse(jar);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("this program's jar has no path", e);
    }
  }
}
