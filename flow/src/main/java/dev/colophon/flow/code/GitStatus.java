package dev.colophon.flow.code;

import dev.colophon.core.code.CodeVersion.Change;
import dev.colophon.core.code.CodeVersion.ChangedFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code git status --porcelain=v2 --branch -z --untracked-files=all} says.
 *
 * @param commit empty before the first one
 * @param branch empty for a detached head
 * @param changed by path, each once
 * @param touched tracked paths whose bytes in the work tree may differ from the index
 * @param untracked files
 * @param repositories untracked folders that are repositories of their own, without a slash
 */
record GitStatus(
    Optional<String> commit,
    Optional<String> branch,
    List<ChangedFile> changed,
    Set<String> touched,
    Set<String> untracked,
    Set<String> repositories) {
  private static final String NOTHING = "000000";

  static GitStatus parse(Iterable<String> records) {
    Parser parser = new Parser();
    for (Iterator<String> each = records.iterator(); each.hasNext(); ) {
      parser.accept(each.next(), each);
    }
    return parser.status();
  }

  /** The same without some of the untracked files. */
  GitStatus without(Collection<String> leftOut) {
    Set<String> kept = new HashSet<>(untracked);
    kept.removeAll(leftOut);
    List<ChangedFile> still =
        changed.stream().filter(file -> !leftOut.contains(file.path())).toList();
    return new GitStatus(commit, branch, still, touched, kept, repositories);
  }

  /** Collects records. */
  private static final class Parser {
    private Optional<String> commit = Optional.empty();
    private Optional<String> branch = Optional.empty();
    private final Map<String, Change> changes = new TreeMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> untracked = new HashSet<>();
    private final Set<String> repositories = new HashSet<>();

    void accept(String line, Iterator<String> rest) {
      switch (line.isEmpty() ? ' ' : line.charAt(0)) {
        case '#' -> header(line);
        case '1' -> ordinary(line.split(" ", 9));
        case '2' -> {
          String path = line.split(" ", 10)[9];
          touched.add(path);
          changes.put(
              path,
              line.indexOf('R') == 2 || line.indexOf('R') == 3 ? Change.RENAMED : Change.ADDED);
          rest.next(); // where it was
        }
        case 'u' -> {
          String path = line.split(" ", 11)[10];
          touched.add(path);
          changes.put(path, Change.CONFLICTED);
        }
        case '?' -> untracked(line.substring(2));
        default -> {
          // records that a later Git may add say nothing about these files
        }
      }
    }

    private void header(String line) {
      String[] words = line.split(" ", 3);
      if (words[1].equals("branch.oid") && !words[2].equals("(initial)")) {
        commit = Optional.of(words[2]);
      } else if (words[1].equals("branch.head") && !words[2].equals("(detached)")) {
        branch = Optional.of(words[2]);
      }
    }

    /** Fields: kind, XY, submodule, modes in head, index and work tree, two ids, path. */
    private void ordinary(String[] fields) {
      String path = fields[8];
      boolean inCommit = !fields[3].equals(NOTHING);
      boolean inWorkTree = !fields[5].equals(NOTHING);
      touched.add(path);
      if (inWorkTree) {
        changes.put(path, inCommit ? Change.MODIFIED : Change.ADDED);
      } else if (inCommit) {
        changes.put(path, Change.DELETED);
      }
    }

    /** A file taken out of the index but left in the folder is listed as deleted before. */
    private void untracked(String path) {
      boolean folder = path.endsWith("/");
      String plain = folder ? path.substring(0, path.length() - 1) : path;
      (folder ? repositories : untracked).add(plain);
      changes.put(plain, Change.UNTRACKED);
    }

    GitStatus status() {
      List<ChangedFile> changed = new ArrayList<>();
      changes.forEach((path, change) -> changed.add(new ChangedFile(path, change)));
      changed.sort(Comparator.comparing(ChangedFile::path));
      return new GitStatus(commit, branch, changed, touched, untracked, repositories);
    }
  }
}
