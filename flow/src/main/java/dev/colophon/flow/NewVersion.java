package dev.colophon.flow;

import dev.colophon.core.Name;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A model version to be made: a step returns it, and the number comes with the commit of the task.
 * Downstream it arrives as {@link ModelVersion}. Immutable; each method returns a changed copy.
 *
 * @param model registered name; a new one is registered
 * @param content the model itself: a {@link Record}, a {@link Path} or an {@link Artifact}
 */
public record NewVersion(
    String model,
    Object content,
    Optional<String> description,
    Map<String, Double> metrics,
    Map<String, String> tags) {
  public NewVersion {
    Name.of(model);
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    tags = Collections.unmodifiableMap(new TreeMap<>(tags));
  }

  /** A version whose model is a file or folder. */
  public static NewVersion of(String model, Path content) {
    return start(model, content);
  }

  /** A version whose model is a value. */
  public static NewVersion of(String model, Record content) {
    return start(model, content);
  }

  /** A version whose model another step left behind. */
  public static NewVersion of(String model, Artifact<?> content) {
    return start(model, content);
  }

  private static NewVersion start(String model, Object content) {
    return new NewVersion(model, content, Optional.empty(), Map.of(), Map.of());
  }

  /** Says in a sentence what the model is. */
  public NewVersion description(String text) {
    return new NewVersion(model, content, Optional.of(text), metrics, tags);
  }

  /** Adds a number that was measured of the model. */
  public NewVersion metric(String name, double value) {
    Map<String, Double> more = new TreeMap<>(metrics);
    more.put(name, value);
    return new NewVersion(model, content, description, more, tags);
  }

  /** Adds a free label. */
  public NewVersion tag(String name, String value) {
    Map<String, String> more = new TreeMap<>(tags);
    more.put(name, value);
    return new NewVersion(model, content, description, metrics, more);
  }
}
