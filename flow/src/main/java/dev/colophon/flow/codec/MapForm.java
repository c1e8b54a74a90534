package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A map: an object with its keys as names. Read back, it iterates in the natural order of its keys.
 */
final class MapForm implements Form {
  private final Class<?> type;
  private final ScalarForm<?> key;
  private final Form value;

  MapForm(Class<?> type, ScalarForm<?> key, Form value) {
    this.type = type;
    this.key = key;
    this.value = value;
  }

  @Override
  public String typeName() {
    return "%s of %s to %s".formatted(type.getSimpleName(), key.typeName(), value.typeName());
  }

  @Override
  public void write(Object map, ValueWriter out) {
    out.check(type, map);
    out.startObject();
    byName((Map<?, ?>) map, out)
        .forEach(
            (name, entry) -> {
              out.path().enter(name);
              out.name(name);
              out.value(value, entry.getValue());
              out.path().leave();
            });
    out.endObject();
  }

  private SortedMap<String, Map.Entry<?, ?>> byName(Map<?, ?> map, ValueWriter out) {
    SortedMap<String, Map.Entry<?, ?>> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Object found = entry.getKey();
      if (found == null) {
        throw out.invalid("has a null key, expected one of type " + key.typeName());
      }
      String name = key.toText(found, out);
      if (sorted.put(name, entry) != null) {
        throw out.invalid(
            "has two keys that are stored as \"%s\", expected different ones"
                .formatted(Texts.excerpt(name)));
      }
    }
    return sorted;
  }

  @Override
  public Map<Object, Object> read(ValueReader in) {
    in.descend(Token.START_OBJECT, this);
    TreeMap<Object, Object> entries = new TreeMap<>();
    while (in.next() != Token.END_OBJECT) {
      String name = in.text();
      in.path().enter(name);
      Object parsed = key.parse(name, in);
      in.next();
      if (entries.put(parsed, value.read(in)) != null) {
        throw in.corrupt("is there twice, expected each key once");
      }
      in.path().leave();
    }
    in.ascend();
    return SortedMap.class.isAssignableFrom(type)
        ? Collections.unmodifiableNavigableMap(entries)
        : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return value.isShareable(seen);
  }
}
