package dev.colophon.cli.code;

import dev.colophon.cli.frame.World;
import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.embedded.Home;
import dev.colophon.flow.code.CaptureBounds;
import dev.colophon.flow.code.CapturedCode;
import dev.colophon.flow.code.CodeCapture;
import dev.colophon.flow.code.GitProgram;
import dev.colophon.flow.code.SecretFiles;
import dev.colophon.flow.code.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The sources around the working folder, as a run would capture them now.
 *
 * @param home never captured
 * @param secrets files that are not captured
 */
record WorkTree(World world, Home home, ArtifactStore store, SecretFiles secrets) {
  /**
   * Captures them.
   *
   * @param code what they are to be compared with: says where the root is, and which files that Git
   *     ignores were captured as sources
   * @param before its files
   * @throws NotFound if the working folder is not among such sources
   */
  Artifact.Tree capture(CodeVersion code, SourceTree before) {
    Path start = start(code);
    CodeCapture capture =
        new CodeCapture(
            store,
            home.folder(),
            home.cache(),
            new GitProgram("git", world.environment()),
            world.clock(),
            CaptureBounds.USUAL,
            secrets);
    CapturedCode captured = capture.capture(start, List::of);
    List<SourceFile> ignored = ignored(before, captured);
    return ignored.isEmpty()
        ? captured.snapshot()
        : capture.capture(start, () -> ignored).snapshot();
  }

  /** Files that are there, but were not captured now: Git ignores them. */
  private List<SourceFile> ignored(SourceTree before, CapturedCode captured) {
    SourceTree now = SourceTree.of(captured.snapshot(), store);
    List<SourceFile> ignored = new ArrayList<>();
    for (String path : before.files().keySet()) {
      Path file = captured.root().resolve(path);
      if (now.find(path).isEmpty()
          && !captured.withheld().contains(path)
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        ignored.add(new SourceFile(file, digest(file)));
      }
    }
    return ignored;
  }

  private static Digest digest(Path file) {
    try {
      return Digest.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new Unavailable(
          "%s: can't be read (%s); make it readable for this user".formatted(file, IoReason.of(e)),
          e);
    }
  }

  /** The nearest folder upward in which the flow's file lies, else the repository around. */
  private Path start(CodeVersion code) {
    Path folder = world.workingFolder().toAbsolutePath().normalize();
    Optional<Path> repository = Optional.empty();
    for (Path at = folder; at != null; at = at.getParent()) {
      if (code.source().isPresent() && Files.isRegularFile(at.resolve(code.source().get()))) {
        return at;
      }
      if (repository.isEmpty() && Files.exists(at.resolve(".git"))) {
        repository = Optional.of(at);
      }
    }
    if (code.source().isEmpty()) {
      return folder;
    }
    return repository.orElseThrow(
        () ->
            new NotFound(
                "work tree: no %s in %s or above it; type this in the folder of the flow, or name a second run"
                    .formatted(code.source().get(), folder)));
  }
}
