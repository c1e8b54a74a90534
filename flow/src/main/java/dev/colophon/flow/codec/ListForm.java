package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

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
    List<Object> items = new ArrayList<>();
    readEach(in, form, element, items::add);
    return items;
  }

  /** Reads the array that starts here; each element is taken while the reader is still at it. */
  static void readEach(ValueReader in, Form form, Form element, Consumer<Object> taker) {
    in.descend(Token.START_ARRAY, form);
    int index = 0;
    in.path().enter(index);
    while (in.next() != Token.END_ARRAY) {
      in.path().moveTo(index++);
      taker.accept(element.read(in));
    }
    in.path().leave();
    in.ascend();
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return element.isShareable(seen);
  }
}
