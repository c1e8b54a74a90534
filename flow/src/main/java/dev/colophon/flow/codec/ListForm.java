package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A list, or a collection declared as such: an array in its order. */
final class ListForm implements Form {
  private final Class<?> type;
  private final Form element;

  ListForm(Class<?> type, Form element) {
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
    out.path().enter(0);
    int index = 0;
    for (Object item : (Collection<?>) value) {
      out.path().moveTo(index++);
      out.value(element, item);
    }
    out.path().leave();
    out.endArray();
  }

  @Override
  public List<Object> read(ValueReader in) {
    return List.copyOf(readItems(in, this, element));
  }

  /** The elements of the array that starts here. */
  static List<Object> readItems(ValueReader in, Form form, Form element) {
    in.descend(Token.START_ARRAY, form);
    List<Object> items = new ArrayList<>();
    in.path().enter(0);
    while (in.next() != Token.END_ARRAY) {
      in.path().moveTo(items.size());
      items.add(element.read(in));
    }
    in.path().leave();
    in.ascend();
    return items;
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return element.isShareable(seen);
  }
}
