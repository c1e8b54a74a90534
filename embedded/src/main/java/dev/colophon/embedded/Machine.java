package dev.colophon.embedded;

import dev.colophon.core.run.RunRecord;
import dev.colophon.core.run.Runner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The machine that this process runs on, and what it can tell of the processes beside it.
 *
 * @param id host name, boot and, in a container, process namespace: two processes with one id see
 *     the same process ids
 * @param host its name alone
 */
public record Machine(String id, String host) {
  /** How long a runner on another machine may be silent before it counts as gone. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * By how much two processes may disagree on when a third one started: the operating system counts
   * from its boot, whose moment shifts when the clock is set.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  /** The machine as the operating system tells it. */
  public static Machine current() {
    String host = hostName();
    StringBuilder id = new StringBuilder(host);
    firstLine(Path.of("/proc/sys/kernel/random/boot_id"))
        .ifPresent(boot -> id.append(' ').append(boot));
    link(Path.of("/proc/self/ns/pid")).ifPresent(space -> id.append(' ').append(space));
    return new Machine(id.toString(), host);
  }

  /** This process, as the one that executes a run. */
  public Runner runner() {
    ProcessHandle self = ProcessHandle.current();
    return new Runner(id, self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
  }

  /**
   * Whether the process that executes a run has vanished: on this machine, if there is no such
   * process now; on another one, if it was silent for more than {@link #SILENCE}.
   */
  public boolean isGone(RunRecord run, Instant now) {
    Runner runner = run.runner();
    if (runner.host().equals(id)) {
      return !isAlive(runner);
    }
    return Duration.between(run.heardAt(), now).compareTo(SILENCE) > 0;
  }

  private static boolean isAlive(Runner runner) {
    return ProcessHandle.of(runner.pid())
        .filter(ProcessHandle::isAlive)
        .filter(process -> started(process, runner.startedAt()))
        .isPresent();
  }

  private static boolean started(ProcessHandle process, Instant expected) {
    return process
        .info()
        .startInstant()
        .map(start -> Duration.between(expected, start).abs().compareTo(TOLERANCE) <= 0)
        .orElse(true);
  }

  private static String hostName() {
    return firstLine(Path.of("/proc/sys/kernel/hostname"))
        .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
        .orElseGet(Machine::networkName);
  }

  private static String networkName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private static Optional<String> firstLine(Path file) {
    try {
      return Files.readString(file).lines().findFirst().filter(line -> !line.isBlank());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> link(Path file) {
    try {
      return Optional.of(Files.readSymbolicLink(file).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
