package dev.colophon.cli.e2e;

import dev.colophon.cli.Main;
import dev.colophon.core.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command {@code colophon}, each time in a process of its own, as a person has it: with a
 * working folder, a home, and an account without settings. Kills what it started and nothing else,
 * if it does not end in time.
 */
final class Command {
  /** Longer than any command takes on a machine that does ten other things. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int POLL_MILLIS = 5;
  private static final String LARGEST_FILE = "TEST_LARGEST_FILE";

  /** POSIX counts in blocks of 512 bytes. */
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -f $((TEST_LARGEST_FILE * 2048)) && exec \"$0\" \"$@\"");

  private final Path folder;
  private final Path home;
  private final List<String> flags;
  private final Map<String, String> variables;

  private Command(Path folder, Path home, List<String> flags, Map<String, String> variables) {
    this.folder = folder;
    this.home = home;
    this.flags = flags;
    this.variables = variables;
  }

  /**
   * A command that works in {@code folder/work}, with its home in {@code folder/home} and a heap of
   * 128 MB.
   */
  static Command in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(folder.resolve("person"));
    return new Command(
        folder, folder.resolve("home"), List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"), Map.of());
  }

  /** The same with another home. */
  Command home(Path other) {
    return new Command(folder, other, flags, variables);
  }

  /** The same with the optimising compiler, for a command that has much to do. */
  Command optimised() {
    List<String> others = new ArrayList<>(flags);
    others.remove("-XX:TieredStopAtLevel=1");
    return new Command(folder, home, others, variables);
  }

  /** The same with another most heap, such as {@code 256m}. */
  Command heap(String most) {
    List<String> others = new ArrayList<>(flags);
    others.add("-Xmx" + most); // the last one counts
    return new Command(folder, home, others, variables);
  }

  /**
   * The same, but no file that it writes may be larger: a write beyond fails as one to a full disk
   * does, with other words. Anybody may set that.
   */
  Command withLargestFile(int megabytes) {
    return with(LARGEST_FILE, Integer.toString(megabytes));
  }

  /** The same with another variable. */
  Command with(String variable, String value) {
    Map<String, String> more = new HashMap<>(variables);
    more.put(variable, value);
    return new Command(folder, home, flags, more);
  }

  Path home() {
    return home;
  }

  /** The folder that relative paths are resolved against. */
  Path work() {
    return folder.resolve("work");
  }

  /** Folder of the account that the commands run under. */
  Path person() {
    return folder.resolve("person");
  }

  /** Writes a source file into the working folder. */
  Command file(String name, String text) throws IOException {
    Path file = work().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Runs a command to its end. */
  Ended run(String... arguments) throws Exception {
    return start(arguments).ended();
  }

  /** Starts a command whose standard output nobody reads until {@link Process#getInputStream}. */
  Process startUnread(String... arguments) throws IOException {
    return builder(arguments).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Starts a command. */
  Started start(String... arguments) throws IOException {
    Path out = Files.createTempFile(folder, "command", ".out");
    Path err = Files.createTempFile(folder, "command", ".err");
    ProcessBuilder builder =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Started(builder.start(), out, err, String.join(" ", arguments));
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> line = new ArrayList<>(variables.containsKey(LARGEST_FILE) ? LIMITED : List.of());
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(flags);
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Duser.home=" + person(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--home", home.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(work().toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("COLOPHON_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(variables);
    return builder;
  }

  /** What a command that has ended left behind. */
  record Ended(int status, String out, String err) {
    /** Standard output as the one JSON document that it has to be. */
    Json.Obj json() {
      return (Json.Obj) Json.parse(out);
    }

    /** The text of a member of the document, such as {@code error.code}. */
    String text(String path) {
      Json found = json();
      for (String name : path.split("\\.", -1)) {
        found = ((Json.Obj) found).get(name);
      }
      return found instanceof Json.Str(String text) ? text : found.text();
    }
  }

  /** A command that may still be going on. */
  static final class Started {
    private final Process process;
    private final Path out;
    private final Path err;
    private final String line;

    private Started(Process process, Path out, Path err, String line) {
      this.process = process;
      this.out = out;
      this.err = err;
      this.line = line;
    }

    /** What it has printed to standard output so far. */
    String out() throws IOException {
      return Files.readString(out);
    }

    /** Waits until it has printed a text to standard output, or has ended. */
    Started awaitText(String text) throws Exception {
      return awaitLines(1, text);
    }

    /** Waits until so many lines of standard output hold a text, or it has ended. */
    Started awaitLines(int count, String text) throws Exception {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (process.isAlive() && out().lines().filter(l -> l.contains(text)).count() < count) {
        if (System.nanoTime() > deadline) {
          process.destroyForcibly();
          throw new TimeoutException(line + " did not say \"" + text + "\" but: " + out());
        }
        Thread.sleep(POLL_MILLIS);
      }
      return this;
    }

    /** Sends it a signal, such as {@code INT}. */
    Started signal(String name) throws Exception {
      int status =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -%s ended with %d".formatted(name, status));
      }
      return this;
    }

    /** Ends it as a loss of power would, as far as this process is concerned. */
    Started kill() {
      process.destroyForcibly();
      return this;
    }

    Ended ended() throws Exception {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new TimeoutException(line + " did not end; it said: " + out());
      }
      Ended ended =
          new Ended(
              process.exitValue(),
              new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
              new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
      Files.delete(out);
      Files.delete(err);
      return ended;
    }
  }
}
