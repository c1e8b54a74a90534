package dev.colophon.flow.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The {@code git} program, only ever asked, never told to change anything. Thread-safe.
 *
 * <p>Git's own refusals hold: a repository of another owner is not read, its monitors are not run.
 *
 * @param executable name on the path, or a path
 * @param environment variables for it, usually those of this process; the ones that would lead it
 *     to another repository are left out
 */
public record GitProgram(String executable, Map<String, String> environment) {
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Set<String> KEPT =
      Set.of("GIT_EXEC_PATH", "GIT_TEST_ASSUME_DIFFERENT_OWNER");

  public GitProgram {
    environment = Map.copyOf(environment);
  }

  /** Git did not answer. The message says why, in Git's words where it said any. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }

  /** An answer that is on its way. */
  final class Answer {
    private final Path root;
    private final List<String> arguments;
    private final Process process;
    private final CompletableFuture<byte[]> output = new CompletableFuture<>();

    private Answer(Path root, List<String> arguments, Process process) {
      this.root = root;
      this.arguments = arguments;
      this.process = process;
      Thread reader = new Thread(this::read, "git " + arguments.getFirst());
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      try (InputStream in = process.getInputStream()) {
        output.complete(in.readAllBytes());
      } catch (IOException e) {
        output.completeExceptionally(e);
      }
    }

    /** Waits for the answer. An exit status of 1 with {@code config} means that nothing is set. */
    byte[] bytes() throws Refused {
      try {
        byte[] answer = output.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        int status = process.waitFor();
        if (status != 0 && !(status == 1 && arguments.contains("config"))) {
          throw new Refused(complaint(root, arguments));
        }
        return answer;
      } catch (TimeoutException e) {
        process.destroyForcibly();
        throw new Refused("git took longer than " + LONGEST.toMinutes() + " minutes");
      } catch (ExecutionException e) {
        throw new Refused("git could not be read: " + e.getCause());
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new Refused("interrupted while git was asked");
      }
    }
  }

  /** Starts a command in a work tree; it does not look for a repository above it. */
  Answer ask(Path root, List<String> arguments) throws Refused {
    Process process = start(root, arguments, ProcessBuilder.Redirect.DISCARD);
    closeQuietly(process.getOutputStream());
    return new Answer(root, arguments, process);
  }

  /** Starts a command that reads zero-ended paths. */
  byte[] ask(Path root, List<String> arguments, byte[] input) throws Refused {
    Process process = start(root, arguments, ProcessBuilder.Redirect.DISCARD);
    Answer answer = new Answer(root, arguments, process);
    try (OutputStream out = process.getOutputStream()) {
      out.write(input);
    } catch (IOException e) {
      process.destroyForcibly();
      throw new Refused("git stopped reading: " + e.getMessage());
    }
    return answer.bytes();
  }

  private Process start(Path root, List<String> arguments, ProcessBuilder.Redirect errors)
      throws Refused {
    List<String> command = new ArrayList<>(List.of(executable, "--no-optional-locks"));
    command.addAll(List.of("-c", "core.fsmonitor=false", "-C", root.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().clear();
    builder.environment().putAll(variables(root));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new Refused("the program \"" + executable + "\" can't be started");
    }
  }

  private Map<String, String> variables(Path root) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(GitProgram::leadsAstray);
    variables.put("LC_ALL", "C");
    variables.put("GIT_TERMINAL_PROMPT", "0");
    Path above = root.getParent();
    if (above != null) {
      variables.put("GIT_CEILING_DIRECTORIES", above.toString());
    }
    return variables;
  }

  private static boolean leadsAstray(String variable) {
    return variable.startsWith("GIT_")
        && !variable.startsWith("GIT_CONFIG_")
        && !KEPT.contains(variable);
  }

  /** Runs a failed command again to hear its first complaint. */
  private String complaint(Path root, List<String> arguments) throws Refused {
    Process process = start(root, arguments, ProcessBuilder.Redirect.PIPE);
    closeQuietly(process.getOutputStream());
    closeQuietly(process.getInputStream());
    try (InputStream errors = process.getErrorStream()) {
      String said = new String(errors.readNBytes(1 << 14), StandardCharsets.UTF_8);
      return said.lines()
          .filter(line -> line.startsWith("fatal: ") || line.startsWith("error: "))
          .findFirst()
          .orElse("git " + arguments.getFirst() + " failed");
    } catch (IOException e) {
      return "git " + arguments.getFirst() + " failed";
    } finally {
      process.destroy();
    }
  }

  private static void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      return; // the other end has gone: its exit status tells
    }
  }
}
