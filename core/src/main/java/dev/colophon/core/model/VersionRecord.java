package dev.colophon.core.model;

import dev.colophon.core.Artifact;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.Subject.VersionId;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An immutable, numbered entry of a model.
 *
 * @param madeBy the task whose commit gave the number
 * @param by account of the person who ran it
 */
public record VersionRecord(
    VersionId id,
    Artifact artifact,
    String codec,
    TaskId madeBy,
    Instant createdAt,
    String by,
    Optional<String> description,
    SortedMap<String, Double> metrics,
    SortedMap<String, String> tags) {
  public VersionRecord {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }
}
