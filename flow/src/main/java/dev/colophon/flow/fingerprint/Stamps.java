package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.flow.code.FileStamp;
import dev.colophon.flow.graph.FlowGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * What tells without reading that the fingerprints of a flow are what they were.
 *
 * @param all digest of the stamps of all files of the class path; empty while one is too young for
 *     its stamp
 * @param frame the same without the stamps of the author's class files, but with their names
 */
record Stamps(String all, String frame) {
  /**
   * Looks at the files.
   *
   * @param now before any stamp was taken
   */
  static Stamps of(ClassPathFiles files, FlowGraph graph, Instant now) {
    var head = new StringBuilder(KeptPrints.VERSION + " " + FactsForm.VERSION);
    head.append(' ').append(Runtime.version()).append('\n').append(graph.steps()).append('\n');
    var classes = new StringBuilder();
    boolean settled = true;
    boolean classesSettled = true;
    for (AuthorFile file : files.files()) {
      head.append(file.likeness()).append('\n');
      boolean old = file.stamp().isSettledAt(now);
      if (file.name().endsWith(".class")) {
        classesSettled &= old;
        classes.append(file.place()).append(' ').append(file.stamp().text()).append('\n');
      } else {
        settled &= old;
        head.append(file.stamp().text()).append('\n');
      }
    }
    for (Path jar : files.libraries()) {
      head.append(jar).append(' ');
      try {
        var stamp = FileStamp.of(jar);
        settled &= stamp.isSettledAt(now);
        head.append(stamp.text());
      } catch (IOException e) {
        head.append("absent");
      }
      head.append('\n');
    }
    var frame = Digest.of(head.toString()).hex();
    return new Stamps(
        settled && classesSettled ? Digest.of(frame + classes).hex() : "", settled ? frame : "");
  }

  /**
   * Digest of all that the fingerprints follow from; empty while a file that is no class file is
   * too young for its stamp.
   *
   * @param classFiles digest of the content of all class files that were read
   */
  Optional<Digest> state(Digest classFiles) {
    return frame.isEmpty() ? Optional.empty() : Optional.of(Digest.of(frame + classFiles.hex()));
  }
}
