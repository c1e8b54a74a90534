package dev.colophon.embedded.config;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Where a secret is kept. */
sealed interface SecretPlace {
  /** How long a command may take to say a secret: somebody may have to unlock it. */
  Duration PATIENCE = Duration.ofMinutes(2);

  /** As a person reads it, and not the secret. */
  String shown();

  /**
   * The secret, without the line break at its end.
   *
   * @throws dev.colophon.core.error.ColophonException if it can't be had from there
   */
  String fetch(Map<String, String> environment);

  /** A variable of the environment. */
  record Variable(String name) implements SecretPlace {
    @Override
    public String shown() {
      return "env " + name;
    }

    @Override
    public String fetch(Map<String, String> environment) {
      return Optional.ofNullable(environment.get(name))
          .orElseThrow(() -> new Unavailable("environment variable %s is not set".formatted(name)));
    }
  }

  /** A file with nothing else in it. */
  record Kept(Path file) implements SecretPlace {
    @Override
    public String shown() {
      return "file " + file;
    }

    @Override
    public String fetch(Map<String, String> environment) {
      try {
        return withoutLastBreak(Files.readString(file));
      } catch (CharacterCodingException e) {
        throw new Invalid("file %s is no UTF-8 text".formatted(file), e);
      } catch (IOException e) {
        throw new Unavailable("file %s can't be read (%s)".formatted(file, IoReason.of(e)), e);
      }
    }
  }

  /**
   * A program that prints it, such as a password manager's.
   *
   * @param words program and arguments
   * @param folder in which it runs
   */
  record Told(List<String> words, Path folder) implements SecretPlace {
    /** What runs a text. */
    static final List<String> SHELL = List.of("sh", "-c");

    public Told {
      words = List.copyOf(words);
    }

    @Override
    public String shown() {
      boolean shell = words.size() == 3 && words.subList(0, 2).equals(SHELL);
      return "command " + (shell ? words.getLast() : String.join(" ", words));
    }

    @Override
    public String fetch(Map<String, String> environment) {
      ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      try {
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture<byte[]> said = CompletableFuture.supplyAsync(() -> all(process));
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
          throw new Unavailable(
              "%s took longer than %d s".formatted(shown(), PATIENCE.toSeconds()));
        }
        if (process.exitValue() != 0) {
          throw new Unavailable("%s ended with status %d".formatted(shown(), process.exitValue()));
        }
        return withoutLastBreak(new String(said.join(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new Unavailable("%s can't be run (%s)".formatted(shown(), IoReason.of(e)), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Unavailable("%s was interrupted".formatted(shown()), e);
      }
    }

    private static byte[] all(Process process) {
      try {
        return process.getInputStream().readAllBytes();
      } catch (IOException e) {
        return new byte[0]; // its exit status says what was wrong
      }
    }
  }

  private static String withoutLastBreak(String text) {
    return text.endsWith("\r\n")
        ? text.substring(0, text.length() - 2)
        : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
