package dev.colophon.flow.code;

import dev.colophon.core.TreeListing.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A record of {@code git ls-files -z -s -v}: what the index says about a path.
 *
 * @param tag {@code H}; {@code S} where the work tree lacks the file on purpose, in lower case
 *     where Git was told not to look at it
 * @param mode as Git writes it: six octal digits
 * @param stage 0, or 1 to 3 in a conflict
 */
record GitIndexEntry(char tag, String mode, String id, char stage, String path) {
  static final String LINK = "120000";
  private static final String REPOSITORY = "160000";
  private static final String EXECUTABLE = "100755";

  static List<GitIndexEntry> parse(List<String> records) {
    return records.stream().map(GitIndexEntry::parse).flatMap(Optional::stream).toList();
  }

  /** Shape: {@code H 100644 <id> 0<tab><path>}. */
  private static Optional<GitIndexEntry> parse(String line) {
    int tab = line.indexOf('\t');
    if (tab < 14) {
      return Optional.empty();
    }
    return Optional.of(
        new GitIndexEntry(
            line.charAt(0),
            line.substring(2, 8),
            line.substring(9, tab - 2),
            line.charAt(tab - 1),
            line.substring(tab + 1)));
  }

  boolean isRepository() {
    return mode.equals(REPOSITORY);
  }

  boolean isLink() {
    return mode.equals(LINK);
  }

  /** Whether Git compares the file with the index whenever it is asked. */
  boolean isWatched() {
    return tag == 'H' && stage == '0';
  }

  Kind fileKind() {
    return mode.equals(EXECUTABLE) ? Kind.EXECUTABLE : Kind.FILE;
  }
}
