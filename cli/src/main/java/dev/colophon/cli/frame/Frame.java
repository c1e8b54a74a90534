package dev.colophon.cli.frame;

import dev.colophon.core.error.ColophonException;
import dev.colophon.core.error.ColophonException.OutcomeUnknown;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.json.Json;
import dev.colophon.core.run.RunFilter;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;
import dev.colophon.embedded.Machine;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.embedded.config.Key;
import dev.colophon.embedded.config.Setting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The command {@code colophon} itself: the options that every command takes, and what every command
 * needs. One for each invocation.
 */
@Command(
    name = "colophon",
    header = "Reproducible machine learning: every run and model says how it was made.",
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Example:",
      "  colophon runs --limit 5",
      "",
      "colophon COMMAND --help says more about a command."
    })
public final class Frame {
  private static final RunFilter ANY_RUNNING =
      new RunFilter(
          Optional.empty(), Optional.of(RunState.RUNNING), Optional.empty(), 1, Optional.empty());

  private final World world;
  private @Nullable Configuration configuration;
  private final Ports ports;
  private final List<String> commandLine;
  private final Optional<Class<?>> loaded;
  private final List<IntConsumer> afterwards = new ArrayList<>();

  @Option(
      names = "--home",
      scope = ScopeType.INHERIT,
      paramLabel = "FOLDER",
      description =
          "Where everything is kept. Default: COLOPHON_HOME, else home of colophon.toml, else"
              + " .colophon of the project, else"
              + " ~/.colophon.")
  private Optional<Path> home = Optional.empty();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Answer with one JSON document on standard output.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      scope = ScopeType.INHERIT,
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // the parser reads it
  private boolean help;

  @Option(names = "--version", description = "Show the version of Colophon and of Java.")
  private boolean version;

  /**
   * @param commandLine as typed
   * @param loaded the flow class whose own {@code main} was started, if it was
   */
  public Frame(World world, Ports ports, List<String> commandLine, Optional<Class<?>> loaded) {
    this.world = world;
    this.ports = ports;
    this.commandLine = List.copyOf(commandLine);
    this.loaded = loaded;
  }

  /** The words after {@code colophon}, as typed. */
  public List<String> commandLine() {
    return commandLine;
  }

  /** The flow class whose own {@code main} was started; empty for the command line. */
  public Optional<Class<?>> loaded() {
    return loaded;
  }

  /** How ports are opened. */
  public Ports ports() {
    return ports;
  }

  public World world() {
    return world;
  }

  /** What is now, by the world's clock. */
  public Instant now() {
    return world.clock().instant();
  }

  /** Whether the answer is a JSON document. */
  public boolean json() {
    return json;
  }

  /** Whether {@code --version} was given. */
  public boolean version() {
    return version;
  }

  /** The home that the person means. */
  public Home home() {
    return Home.find(
        home.or(() -> configuration().home()),
        world.environment(),
        world.workingFolder(),
        world.personFolder());
  }

  /** The home that was named on the command line, if one was. */
  public Optional<Path> namedHome() {
    return home;
  }

  /** What is set besides the command line. */
  public Configuration configuration() {
    if (configuration == null) {
      configuration =
          Configuration.of(world.environment(), world.workingFolder(), world.personFolder());
    }
    return configuration;
  }

  /**
   * Whether answers may be coloured: as {@code COLOPHON_COLOR} says, else {@code NO_COLOR}, else
   * the files, else on a terminal.
   */
  public boolean colour() {
    Optional<Setting> set = colourSetting();
    boolean refused = !world.environment().getOrDefault("NO_COLOR", "").isEmpty();
    if (set.isEmpty() || (refused && !set.get().from().equals(Key.COLOR.variable()))) {
      return world.colour();
    }
    return switch (set.get().value().asString()) {
      case "always" -> true;
      case "never" -> false;
      default -> world.colour();
    };
  }

  private Optional<Setting> colourSetting() {
    try {
      return configuration().find(Key.COLOR);
    } catch (ColophonException e) {
      return Optional.empty(); // said where the command runs; its help needs none of it
    }
  }

  /** The ports for a command that writes new records; the home is made if need be. */
  public Colophon open() {
    Colophon colophon = ports.open(home());
    declareLost(colophon);
    return colophon;
  }

  /** The ports for any other command; a home that does not exist is empty, and nothing is made. */
  public Colophon reading() {
    Colophon colophon = ports.reading(home());
    declareLost(colophon);
    return colophon;
  }

  /**
   * This command as it was typed, but with another value of one of its options: what a person types
   * to go on.
   *
   * @param option that takes a value, such as {@code --after}
   */
  public String again(String option, String value) {
    List<String> words = new ArrayList<>(List.of("colophon"));
    for (int i = 0; i < commandLine.size(); i++) {
      String word = commandLine.get(i);
      if (word.equals(option)) {
        i++;
      } else if (!word.startsWith(option + "=")) {
        words.add(word);
      }
    }
    words.addAll(List.of(option, value));
    return Show.shellLine(words);
  }

  /** Another command on the home that was named, if one was: what a person types to see more. */
  public String command(String... words) {
    List<String> all = new ArrayList<>(List.of("colophon"));
    all.addAll(List.of(words));
    home.ifPresent(named -> all.addAll(List.of("--home", named.toString())));
    return Show.shellLine(all);
  }

  /** Prints an answer in the form asked for and returns its exit status. */
  public int answer(Answer answer) {
    if (json) {
      world.out().println(answer.json().get().text());
    } else {
      answer.text().accept(new Screen(world.out(), colour(), world.columns(), world.zone()));
    }
    return answer.status();
  }

  /** Has something done when all is printed, an error as well; it is told the exit status. */
  public void whenSaid(IntConsumer action) {
    afterwards.add(action);
  }

  /** All is printed. Returns the exit status. */
  public int said(int status) {
    world.out().flush();
    world.err().flush();
    afterwards.forEach(action -> action.accept(status));
    return status;
  }

  /** Says an error to the person and, where a document was asked for, in one. */
  public void tellError(String code, String message) {
    world.err().println("error: " + message);
    if (commandLine.contains("--json")) {
      Json error = Json.object().put("code", code).put("message", message).build();
      world.out().println(Json.object().put("error", error).build().text());
    }
  }

  private void declareLost(Colophon colophon) {
    if (colophon.runs().listRuns(ANY_RUNNING).items().isEmpty()) {
      return;
    }
    try {
      colophon.declareLost(Machine.current(), now());
    } catch (Unavailable | OutcomeUnknown e) {
      world.err().println("warning: runs whose process is gone stay \"running\": " + e.text());
    }
  }
}
