package dev.colophon.cli;

import dev.colophon.cli.frame.Frame;
import dev.colophon.cli.frame.Ports;
import dev.colophon.cli.frame.World;
import dev.colophon.core.json.Json;
import dev.colophon.embedded.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The command {@code colophon}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** Runs one command in this process and returns its exit status (docs/formats/cli.md). */
  public static int execute(String... arguments) {
    return execute(Optional.empty(), Arrays.asList(arguments));
  }

  /** Runs a flow class of this process. */
  static int executeLoaded(Class<?> flow, List<String> arguments) {
    List<String> given = new ArrayList<>(List.of("run", flow.getName()));
    given.addAll(arguments);
    return execute(Optional.of(flow), given);
  }

  private static int execute(Optional<Class<?>> loaded, List<String> arguments) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH); // numbers in steps and answers
    Output output = new Output(new FileOutputStream(FileDescriptor.out));
    PrintStream out = new PrintStream(output, false, charset());
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset());
    World world =
        new World(
            System.getenv(),
            Path.of("").toAbsolutePath(),
            Path.of(System.getProperty("user.home")),
            System.getProperty("user.name"),
            Clock.systemUTC(),
            ZoneId.systemDefault(),
            out,
            err,
            Main::isTerminal);
    int status = execute(world, Ports.EMBEDDED, loaded, arguments);
    out.flush();
    return output.statusOr(status, err);
  }

  /** Runs one command in a given world and returns its exit status. */
  static int execute(World world, Ports ports, String... arguments) {
    return execute(world, ports, Optional.empty(), Arrays.asList(arguments));
  }

  private static int execute(
      World world, Ports ports, Optional<Class<?>> loaded, List<String> given) {
    List<String> options = given.stream().takeWhile(word -> word.startsWith("-")).toList();
    boolean version = options.contains("--version") || given.indexOf("version") == 0;
    if (version && !given.contains("--help")) {
      version(world, given.contains("--json"));
      return 0;
    }
    return new Invocation(new Frame(world, ports, given, loaded), asked(given)).execute();
  }

  /** The command, and {@code help COMMAND} as {@code COMMAND --help}. */
  private static List<String> asked(List<String> given) {
    boolean help = given.isEmpty() || given.getFirst().equals("help");
    return help ? Stream.concat(given.stream().skip(1), Stream.of("--help")).toList() : given;
  }

  private static void version(World world, boolean json) {
    String java = Runtime.version().toString();
    world
        .out()
        .println(
            json
                ? Json.object().put("colophon", Version.current()).put("java", java).build().text()
                : "colophon " + Version.current() + ", java " + java);
  }

  /** UTF-8 everywhere but on a Windows console, which has a character set of its own. */
  private static Charset charset() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    String named = System.getProperty("stdout.encoding");
    return windows && named != null ? Charset.forName(named) : StandardCharsets.UTF_8;
  }

  /**
   * Whether standard output is a terminal: as the launcher says in the property {@code
   * colophon.terminal}, else as Linux tells. Java's own console is slow to ask, and since JDK 22 it
   * is there without a terminal, too.
   */
  private static boolean isTerminal() {
    String told = System.getProperty("colophon.terminal");
    return told != null ? Boolean.parseBoolean(told) : isTerminal(Path.of("/proc/self/fd/1"));
  }

  private static boolean isTerminal(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
