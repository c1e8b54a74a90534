package dev.colophon.core.model;

import dev.colophon.core.Name;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A registered name.
 *
 * @param createdAt when its first version was made
 * @param latest number of its newest version
 * @param latestAt when that was made
 * @param aliases number of the version that each alias names
 */
public record ModelRecord(
    Name name, Instant createdAt, int latest, Instant latestAt, SortedMap<Name, Integer> aliases) {
  public ModelRecord {
    aliases = Collections.unmodifiableSortedMap(new TreeMap<>(aliases));
  }
}
