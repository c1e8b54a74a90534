package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A set: an array, sorted by the canonical texts of its elements. */
final class SetForm implements Form {
  private final Class<?> type;
  private final Form element;

  SetForm(Class<?> type, Form element) {
    this.type = type;
    this.element = element;
  }

  @Override
  public String typeName() {
    return "%s of %s".formatted(type.getSimpleName(), element.typeName());
  }

  @Override
  public void write(Object value, ValueWriter out) {
    out.check(type, value);
    out.startArray();
    List<String> texts = new ArrayList<>();
    out.path().enter(0);
    for (Object item : (Collection<?>) value) {
      out.path().moveTo(texts.size());
      texts.add(out.canonical(element, item));
    }
    out.path().leave();
    Collections.sort(texts);
    String last = "";
    for (String text : texts) {
      if (text.equals(last)) {
        throw out.invalid(
            "holds two elements that are stored as %s, expected different ones"
                .formatted(Texts.excerpt(text)));
      }
      out.json().raw(text);
      last = text;
    }
    out.endArray();
  }

  @Override
  public Set<Object> read(ValueReader in) {
    if (SortedSet.class.isAssignableFrom(type)) {
      TreeSet<Object> items = new TreeSet<>();
      readInto(items, in);
      return Collections.unmodifiableNavigableSet(items);
    }
    Set<Object> items = new LinkedHashSet<>();
    readInto(items, in);
    return Collections.unmodifiableSet(items);
  }

  private void readInto(Set<Object> items, ValueReader in) {
    ListForm.readEach(
        in,
        this,
        element,
        item -> {
          if (!add(items, item, in)) {
            throw in.corrupt("equals another element, expected a set");
          }
        });
  }

  /** Adds an element, whose own equals, hashCode or compareTo may fail. */
  private static boolean add(Set<Object> items, Object item, ValueReader in) throws Corrupt {
    try {
      return items.add(item);
    } catch (RuntimeException e) {
      throw in.corrupt("can't be compared: %s %s".formatted(item.getClass().getTypeName(), e), e);
    }
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return element.isShareable(seen);
  }
}
