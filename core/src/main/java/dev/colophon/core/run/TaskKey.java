package dev.colophon.core.run;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that the outcome of a task depends on. Tasks of equal keys have equal outcomes, so that one
 * of them stands for the others, whichever run it belongs to (docs/formats/keys.md).
 *
 * <p>Safe for use by several threads.
 */
public final class TaskKey {
  private static final long FORMAT = 1;

  private final Digest code;
  private final int jdk;
  private final SortedMap<String, Given> inputs;
  private final SortedMap<String, Json> parameters;
  private final SortedMap<String, Digest> elements;
  private final Optional<Long> seed;
  private final Optional<Instant> asOf;
  private final String canonical;
  private final Digest digest;

  /**
   * What an argument is given.
   *
   * @param content digest of the artifact; for several ones, of the list of their digests
   * @param fileName name of a file or folder, which the step can see
   * @param count how many artifacts the argument joins; empty if it takes one
   */
  public record Given(Digest content, Optional<String> fileName, Optional<Long> count) {
    private Json toJson() {
      Json.Builder json = Json.object().put("content", content.hex());
      count.ifPresent(number -> json.put("count", number));
      return json.putIfPresent("fileName", fileName).build();
    }

    private static Given ofJson(Json json) {
      Json.Obj given = json.asObject();
      return new Given(
          Digest.parse(given.get("content").asString()),
          given.find("fileName").map(Json::asString),
          given.find("count").map(Json::asLong));
    }
  }

  /**
   * Takes copies.
   *
   * @param code fingerprint of the step's code
   * @param jdk feature version of Java
   * @param inputs what each argument is given, by argument: the content, never where it came from
   * @param parameters value of each parameter that the step takes or its code reads
   * @param elements content of the list's element that each {@code @Each} argument is given
   * @param seed of the task's random generator; empty if it asks for none
   * @param asOf what the step takes for now; empty if it does not ask
   */
  public TaskKey(
      Digest code,
      int jdk,
      SortedMap<String, Given> inputs,
      SortedMap<String, Json> parameters,
      SortedMap<String, Digest> elements,
      Optional<Long> seed,
      Optional<Instant> asOf) {
    this.code = code;
    this.jdk = jdk;
    this.inputs = sorted(inputs);
    this.parameters = sorted(parameters);
    this.elements = sorted(elements);
    this.seed = seed;
    this.asOf = asOf;
    this.canonical = toJson().canonical();
    this.digest = Digest.of(canonical);
  }

  public Digest code() {
    return code;
  }

  public int jdk() {
    return jdk;
  }

  public SortedMap<String, Given> inputs() {
    return inputs;
  }

  public SortedMap<String, Json> parameters() {
    return parameters;
  }

  public SortedMap<String, Digest> elements() {
    return elements;
  }

  public Optional<Long> seed() {
    return seed;
  }

  public Optional<Instant> asOf() {
    return asOf;
  }

  private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** What the key is looked up by. */
  public Digest digest() {
    return digest;
  }

  /** The text that its digest is of: canonical JSON. */
  public String canonical() {
    return canonical;
  }

  public Json toJson() {
    Json.Builder json =
        Json.object()
            .put("format", FORMAT)
            .put("code", code.hex())
            .put("jdk", jdk)
            .put("inputs", object(inputs, Given::toJson))
            .put("parameters", object(parameters, value -> value))
            .put("elements", object(elements, digest -> Json.of(digest.hex())));
    seed.ifPresent(value -> json.put("seed", value));
    asOf.ifPresent(value -> json.put("asOf", value.toString()));
    return json.build();
  }

  private static <T> Json object(SortedMap<String, T> map, Function<T, Json> form) {
    Json.Builder json = Json.object();
    map.forEach((name, value) -> json.put(name, form.apply(value)));
    return json.build();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws Invalid if it is something else, or of a later format
   */
  public static TaskKey ofJson(Json json) {
    Json.Obj key = json.asObject();
    long format = key.get("format").asLong();
    if (format != FORMAT) {
      throw new Invalid("task key: format %d, expected %d".formatted(format, FORMAT));
    }
    return new TaskKey(
        Digest.parse(key.get("code").asString()),
        Math.toIntExact(key.get("jdk").asLong()),
        map(key.get("inputs"), Given::ofJson),
        map(key.get("parameters"), value -> value),
        map(key.get("elements"), value -> Digest.parse(value.asString())),
        key.find("seed").map(Json::asLong),
        key.find("asOf").map(value -> Instant.parse(value.asString())));
  }

  private static <T> SortedMap<String, T> map(Json object, Function<Json, T> form) {
    SortedMap<String, T> map = new TreeMap<>();
    object.asObject().members().forEach((name, value) -> map.put(name, form.apply(value)));
    return map;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskKey key && canonical.equals(key.canonical);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return canonical;
  }
}
