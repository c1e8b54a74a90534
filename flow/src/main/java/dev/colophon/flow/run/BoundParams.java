package dev.colophon.flow.run;

import dev.colophon.core.json.Json;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The value of every parameter of a flow.
 *
 * @param recorded as the catalog keeps them
 * @param values as the steps get them; immutable
 */
public record BoundParams(SortedMap<String, Json> recorded, Map<String, Object> values) {
  public BoundParams {
    recorded = Collections.unmodifiableSortedMap(new TreeMap<>(recorded));
    values = Map.copyOf(values);
  }
}
