package dev.colophon.flow.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of fingerprints as content: those that no record names yet are read, small ones to
 * travel with the record of the run, others into the store.
 *
 * @param artifacts by digest
 * @param inline small texts that are new, by digest
 */
record Fingerprinted(Map<Digest, Artifact.Blob> artifacts, Map<Digest, byte[]> inline) {
  static Fingerprinted of(Collection<StepCode> codes, RunLog runs, ArtifactStore store) {
    Map<Digest, Artifact.Blob> artifacts = new HashMap<>();
    Map<Digest, byte[]> inline = new HashMap<>();
    for (StepCode code : codes) {
      Digest digest = code.print().digest();
      if (artifacts.containsKey(digest)) {
        continue;
      }
      Optional<Artifact> known = runs.findArtifact(digest);
      if (known.isPresent()) {
        artifacts.put(digest, new Artifact.Blob(digest, known.get().sizeBytes()));
      } else {
        byte[] text = code.print().fingerprint().text();
        artifacts.put(digest, new Artifact.Blob(digest, text.length));
        if (text.length <= TaskEnd.INLINE_LIMIT_BYTES) {
          inline.put(digest, text);
        } else {
          store.put(text);
        }
      }
    }
    return new Fingerprinted(artifacts, inline);
  }

  /** The text of a step's fingerprint. */
  Artifact.Blob artifact(StepCode code) {
    return Optional.ofNullable(artifacts.get(code.print().digest())).orElseThrow();
  }
}
