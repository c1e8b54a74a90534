package dev.colophon.cli.code;

import dev.colophon.cli.frame.Answer;
import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Screen;
import dev.colophon.cli.frame.Show;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.code.Environment;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.RunGraph;
import dev.colophon.core.run.RunRecord;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Version;
import dev.colophon.embedded.track.Tracking;
import dev.colophon.flow.checkout.CheckedOut;
import dev.colophon.flow.checkout.Checkout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "checkout",
    header = "Brings back the code of a run into a folder, where it runs again.",
    description = {
      "",
      "The folder holds the source tree as it was captured and, in .colophon, the libraries. It needs a"
          + " JDK and Colophon, but neither Git nor Maven nor the home that it came from."
    },
    footer = {
      "",
      "Examples:",
      "  colophon code checkout FlightDelays/12 --to before",
      "  colophon code checkout flight-delays@champion --to /tmp/again --with-data"
    })
public final class CodeCheckoutCommand implements Callable<Integer> {
  private final Frame frame;
  private final RunNames names;

  @Parameters(paramLabel = "RUN", description = RunNames.SHAPES)
  private String what = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to make, or an empty one.")
  private String to = "";

  @Option(
      names = "--with-data",
      description = "Bring back the run's datasets, too; those among the sources always are.")
  private boolean withData;

  public CodeCheckoutCommand(Frame frame, RunNames names) {
    this.frame = frame;
    this.names = names;
  }

  /**
   * What is said of a checkout.
   *
   * @param place where the command is to be typed
   * @param command its words; none for a program that is no flow
   */
  private record Done(
      RunId run,
      Path folder,
      Path place,
      List<String> command,
      CodeVersion code,
      Environment environment,
      Checkout.Written written) {}

  @Override
  public Integer call() {
    Path folder = frame.world().workingFolder().resolve(to).normalize();
    try (Colophon colophon = frame.reading()) {
      RunId id = names.find(what, colophon);
      RunGraph graph = colophon.runs().getGraph(id);
      CodeVersion code = colophon.runs().getCode(graph.run().code());
      Checkout.Written written =
          new Checkout(colophon.artifacts())
              .write(graph.run(), code, graph.datasets(), withData, folder);
      Path place = code.source().isPresent() ? folder : folder.resolve(code.folder());
      Done done =
          new Done(
              id,
              folder,
              place,
              command(code, graph, folder, place),
              code,
              colophon.runs().getEnvironment(id),
              written);
      return frame.answer(Answer.of(() -> json(done), screen -> write(done, screen)));
    }
  }

  /**
   * What runs it as it ran: with all parameters, the seed, and the moment that it took for now; of
   * a program that is no flow, nothing. The parameters come from a file: not every shell and locale
   * can pass every text.
   *
   * @param place where it is to be typed
   */
  private static List<String> command(CodeVersion code, RunGraph graph, Path folder, Path place) {
    if (Tracking.isTracked(graph.steps())) {
      return List.of();
    }
    RunRecord run = graph.run();
    List<String> words = new ArrayList<>(List.of("colophon", "run"));
    words.add(code.source().map(CodeCheckoutCommand::plain).orElse(code.flow()));
    if (!run.parameters().isEmpty()) {
      Path file = place.relativize(CheckedOut.parameters(folder));
      words.addAll(List.of("--params", file.toString().replace('\\', '/')));
    }
    words.addAll(List.of("--seed", Long.toString(run.seed()), "--as-of", run.asOf().toString()));
    return words;
  }

  /** A path that no program takes for an option. */
  private static String plain(String path) {
    return path.startsWith("-") ? "./" + path : path;
  }

  private static Json json(Done done) {
    return Json.object()
        .put("run", done.run().toString())
        .put("to", done.folder().toString())
        .put("snapshot", done.code().snapshot().digest().hex())
        .put("libraries", done.written().libraries())
        .put("data", names(done.written().copied()))
        .put("absent", names(done.written().absent()))
        .put("withheld", Json.ofStrings(done.code().withheld()))
        .put("folder", done.place().toString())
        .put("command", Json.ofStrings(done.command()))
        .build();
  }

  private static Json names(List<Dataset> datasets) {
    return Json.ofStrings(datasets.stream().map(Dataset::name).toList());
  }

  private void write(Done done, Screen screen) {
    screen.cut(
        "%s in %s   %s   %s%s"
            .formatted(
                screen.bold(done.run().toString()),
                to,
                Show.bytes(done.code().snapshot().sizeBytes()),
                count(done.written().libraries(), "library", "libraries"),
                data("   ", done.written().copied(), "")));
    if (!done.written().absent().isEmpty()) {
      screen.cut(data("not there: ", done.written().absent(), "; --with-data brings it back"));
    }
    for (String path : done.code().withheld()) {
      screen.cut("never captured, as its name is that of a secret: " + path);
    }
    String before = done.environment().colophon();
    if (!before.equals(Version.current())) {
      screen.cut("it ran on Colophon %s, this is %s".formatted(before, Version.current()));
    }
    if (feature(done.environment().java()) != Runtime.version().feature()) {
      screen.cut(
          "it ran on Java %s, this is %s".formatted(done.environment().java(), Runtime.version()));
    }
    if (done.command().isEmpty()) {
      screen.line("a program, no flow: start it with java, as it was");
      screen.line(
          screen.dim("run it:  ")
              + Show.shellLine(List.of("cd", place(done)))
              + " && "
              + TrackedProgram.shellLine(
                  TrackedProgram.command(done.code(), done.environment(), done.folder())));
      return;
    }
    screen.line(
        screen.dim("run it:  ")
            + Show.shellLine(List.of("cd", place(done)))
            + " && "
            + Show.shellLine(done.command()));
  }

  /** As the person would type it. */
  private String place(Done done) {
    String within = done.folder().relativize(done.place()).toString();
    return plain(within.isEmpty() ? to : Path.of(to).resolve(within).toString());
  }

  private static String data(String before, List<Dataset> datasets, String after) {
    long bytes = datasets.stream().mapToLong(each -> each.artifact().sizeBytes()).sum();
    return datasets.isEmpty()
        ? ""
        : before + Show.count(datasets.size(), "dataset") + ", " + Show.bytes(bytes) + after;
  }

  private static String count(int number, String one, String many) {
    return String.format(Locale.ROOT, "%d %s", number, number == 1 ? one : many);
  }

  /** Of {@code 25.0.3+9-LTS Vendor}: 25. */
  private static int feature(String java) {
    String digits = java.split("[^0-9]", 2)[0];
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }
}
