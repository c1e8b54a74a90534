package dev.colophon.flow.code;

import dev.colophon.core.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What Git answers about a work tree: what differs from its index, and its settings, are asked for
 * at once; all that the index lists, only if it is wanted. Not thread-safe.
 */
final class GitAnswers {
  private static final List<String> STATUS =
      List.of(
          "status",
          "--porcelain=v2",
          "--branch",
          "-z",
          "--untracked-files=all",
          "--ignore-submodules=none");
  private static final List<String> INDEX = List.of("ls-files", "-z", "-s", "-v", "--full-name");
  private static final String ELSEWHERE = "gitdir: ";

  private final GitProgram git;
  private final Path root;
  private final String indexStamp;
  private final GitProgram.Answer status;
  private final GitProgram.Answer config;
  private final List<byte[]> asked;
  private Optional<GitProgram.Answer> index = Optional.empty();

  /**
   * @param key digest of the status and settings and of what else was asked
   * @param unreadable records of the status that are not UTF-8
   */
  record Told(Digest key, GitStatus status, GitConfig config, List<String> unreadable) {}

  /**
   * Asks.
   *
   * @param root real path of the folder that has the {@code .git}
   * @param now by which stamps count as settled
   */
  GitAnswers(GitProgram git, Path root, HomeFolder home, Instant now) throws GitProgram.Refused {
    this.git = git;
    this.root = root;
    this.indexStamp =
        indexFile(root)
            .map(file -> SnapshotMemory.watch(stamp(file), now))
            .orElse(SnapshotMemory.UNSETTLED);
    List<String> question = new ArrayList<>(STATUS);
    question.addAll(home.pathspecs(root));
    this.status = git.ask(root, question);
    this.config = git.ask(root, GitConfig.QUERY);
    this.asked = List.of(bytes(root.toString()), bytes(home.folder().toString()));
  }

  /** Stamp of the index before anything was asked; what was too young has one like no other. */
  String indexStamp() {
    return indexStamp;
  }

  /** Waits for the status and the settings. */
  Told told() throws GitProgram.Refused {
    byte[] statusBytes = status.bytes();
    byte[] configBytes = config.bytes();
    GitConfig settings = GitConfig.parse(ZeroEnded.parse(configBytes).records());
    if (settings.hasWorkTreeElsewhere()) {
      checkWorkTree();
    }
    ZeroEnded said = ZeroEnded.parse(statusBytes);
    MessageDigest key = Digest.sha256();
    for (byte[] part : List.of(asked.getFirst(), asked.getLast(), statusBytes, configBytes)) {
      key.update(bytes(part.length + " "));
      key.update(part);
    }
    return new Told(
        Digest.ofBytes(key.digest()), GitStatus.parse(said.records()), settings, said.unreadable());
  }

  /** Asks what the index lists, if it was not asked yet. */
  void wantIndex() throws GitProgram.Refused {
    if (index.isEmpty()) {
      index = Optional.of(git.ask(root, INDEX));
    }
  }

  /** Waits for what the index lists, in the shape that {@link GitIndexEntry} reads. */
  byte[] index() throws GitProgram.Refused {
    wantIndex();
    return index.orElseThrow().bytes();
  }

  private void checkWorkTree() throws GitProgram.Refused {
    String top =
        new String(
                git.ask(root, List.of("rev-parse", "--show-toplevel")).bytes(),
                StandardCharsets.UTF_8)
            .stripTrailing();
    if (!RealPath.of(Path.of(top)).equals(root)) {
      throw new GitProgram.Refused("its work tree is " + top + ", by core.worktree");
    }
  }

  /** In a linked work tree and a submodule, {@code .git} is a file that names the folder. */
  private static Optional<Path> indexFile(Path root) {
    Path git = root.resolve(".git");
    if (Files.isDirectory(git)) {
      return Optional.of(git.resolve("index"));
    }
    try {
      String said = Files.readString(git).stripTrailing();
      return said.startsWith(ELSEWHERE)
          ? Optional.of(root.resolve(said.substring(ELSEWHERE.length())).resolve("index"))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<FileStamp> stamp(Path file) {
    try {
      return Optional.of(FileStamp.of(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
