package dev.colophon.flow.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A folder in which {@code git} is run, apart from the settings of whoever runs the tests. */
record Repository(Path folder) {
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
          "HOME", "/nonexistent",
          "GIT_CONFIG_GLOBAL", "/dev/null",
          "GIT_CONFIG_NOSYSTEM", "1");

  static Repository in(Path folder) throws IOException {
    Repository repository = new Repository(Files.createDirectories(folder));
    repository.git("init", "-q", "-b", "main");
    return repository;
  }

  Repository write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  Repository commit() throws IOException {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", "x");
    return this;
  }

  String head() throws IOException {
    return git("rev-parse", "HEAD").strip();
  }

  String git(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@t",
                "-c",
                "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs a shell command in the folder. */
  String shell(String command) throws IOException {
    return run(List.of("sh", "-c", command));
  }

  private String run(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return said;
  }
}
