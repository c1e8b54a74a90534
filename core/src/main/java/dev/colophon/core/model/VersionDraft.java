package dev.colophon.core.model;

import dev.colophon.core.Artifact;
import dev.colophon.core.Name;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model version that has no number yet.
 *
 * @param artifact the model's bytes, in the store already
 * @param codec how they were written (docs/formats.md, "codecs")
 * @param metrics what was measured of it, by name
 * @param tags free labels, by name
 */
public record VersionDraft(
    Name model,
    Artifact artifact,
    String codec,
    Optional<String> description,
    SortedMap<String, Double> metrics,
    SortedMap<String, String> tags) {
  public VersionDraft {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }
}
