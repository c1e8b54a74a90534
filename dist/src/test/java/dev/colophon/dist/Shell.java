package dev.colophon.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a program as a person would, with an environment of which nothing is inherited. */
record Shell(Path folder, Map<String, String> environment) {
  private static final long LONGEST_SECONDS = 120;

  Shell {
    environment = Map.copyOf(environment);
  }

  /**
   * A shell in a folder, its home there too, where only the system's own programs are in {@code
   * PATH}.
   */
  static Shell in(Path folder) {
    return new Shell(folder, Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));
  }

  Shell with(String name, Object value) {
    var changed = new LinkedHashMap<>(environment);
    changed.put(name, value.toString());
    return new Shell(folder, changed);
  }

  Shell at(Path otherFolder) {
    return new Shell(otherFolder, environment);
  }

  Ended run(Object program, String... arguments) throws IOException, InterruptedException {
    return start(program, arguments).ended();
  }

  Started start(Object program, String... arguments) throws IOException {
    var command = new ArrayList<String>(List.of(program.toString()));
    command.addAll(Arrays.asList(arguments));
    var out = Files.createTempFile(folder, "stdout", ".txt");
    var err = Files.createTempFile(folder, "stderr", ".txt");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    return new Started(process, out, err);
  }

  record Started(Process process, Path out, Path err) {
    Ended ended() throws IOException, InterruptedException {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "%s: still running after %d s".formatted(process.info(), LONGEST_SECONDS));
      }
      return new Ended(
          process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
  }

  record Ended(int status, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }
}
