package dev.colophon.core.code;

import dev.colophon.core.Artifact;
import dev.colophon.core.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The exact code of a run, recorded by the runner, never typed by a person. Content-addressed:
 * equal code has an equal digest.
 *
 * @param snapshot the source tree that Git would list: tracked and untracked files that are not
 *     ignored
 * @param git where the tree stands in its history; empty outside a repository
 * @param flow fully qualified name of the flow class
 * @param source path of the flow's file inside the snapshot; empty for a class that came compiled
 * @param folder of the snapshot, with slashes, against which relative inputs are resolved; empty
 *     for its root
 * @param classPath all that the flow's class loader saw, in order
 * @param dependencies Maven coordinates that the sources declare, in order
 * @param withheld paths of files that were left out of the snapshot because their names say that
 *     they hold secrets, in order
 */
public record CodeVersion(
    Artifact.Tree snapshot,
    Optional<GitState> git,
    String flow,
    Optional<String> source,
    String folder,
    List<ClassPathEntry> classPath,
    List<String> dependencies,
    List<String> withheld) {
  /**
   * Where a work tree stands in its history.
   *
   * @param commit 40 or 64 hexadecimal digits; empty in a repository without commits
   * @param branch empty for a detached head
   * @param remote URL of the remote {@code origin}, or of the only one, without user and password
   * @param changed files that differ from the commit, untracked ones included, by path
   * @param submodules repositories inside the work tree, their own submodules included, by path
   */
  public record GitState(
      Optional<String> commit,
      Optional<String> branch,
      Optional<String> remote,
      List<ChangedFile> changed,
      List<Submodule> submodules) {
    public GitState {
      changed = List.copyOf(changed);
      submodules = List.copyOf(submodules);
    }

    /** A work tree without submodules. */
    public GitState(
        Optional<String> commit,
        Optional<String> branch,
        Optional<String> remote,
        List<ChangedFile> changed) {
      this(commit, branch, remote, changed, List.of());
    }
  }

  /**
   * A repository inside the work tree, whose files are part of the snapshot.
   *
   * @param path from the outer repository's root, with slashes
   * @param commit that is checked out in it
   */
  public record Submodule(String path, String commit) {}

  /**
   * A file of the snapshot that differs from the commit.
   *
   * @param path from the repository's root, with slashes
   */
  public record ChangedFile(String path, Change change) {}

  /** How a file differs from the commit. */
  public enum Change {
    ADDED,
    MODIFIED,
    DELETED,
    RENAMED,
    UNTRACKED,
    CONFLICTED
  }

  /**
   * One element of the class path.
   *
   * @param name file name, such as {@code commons-math3-3.6.1.jar}
   * @param kind what it holds
   * @param content its bytes: of a folder, of a jar made from it
   * @param coordinates under which it lay in a Maven repository, as {@code group:artifact:version}
   *     or {@code group:artifact:version:classifier}
   */
  public record ClassPathEntry(
      String name, ClassPathKind kind, Artifact.Blob content, Optional<String> coordinates) {
    /** One that came from nowhere that is known. */
    public ClassPathEntry(String name, ClassPathKind kind, Artifact.Blob content) {
      this(name, kind, content, Optional.empty());
    }
  }

  /** What an element of the class path holds. */
  public enum ClassPathKind {
    /** The author's own classes. */
    CLASSES,
    /** A library. */
    LIBRARY,
    /** Colophon itself and what it brings. */
    COLOPHON
  }

  public CodeVersion {
    classPath = List.copyOf(classPath);
    dependencies = List.copyOf(dependencies);
    withheld = List.copyOf(withheld);
  }

  /** One whose inputs are relative to the root, which declares nothing and withholds nothing. */
  public CodeVersion(
      Artifact.Tree snapshot,
      Optional<GitState> git,
      String flow,
      Optional<String> source,
      List<ClassPathEntry> classPath) {
    this(snapshot, git, flow, source, "", classPath, List.of(), List.of());
  }

  /** Whether the snapshot holds more, or less, than the commit. */
  public boolean isDirty() {
    return git.map(state -> state.commit().isEmpty() || !state.changed().isEmpty()).orElse(true);
  }

  /** Digest of the canonical JSON form. */
  public Digest digest() {
    return Digest.of(CodeJson.toJson(this).canonical());
  }
}
