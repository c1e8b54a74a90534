package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.lang.reflect.Array;
import java.util.List;
import java.util.Set;

/** An array of objects, or a primitive one inside a collection: a JSON array. */
final class ArrayForm implements Form {
  private final Class<?> type;
  private final Form element;

  /**
   * The form of an array type.
   *
   * @param element of its component type, or of the box of a primitive one
   */
  ArrayForm(Class<?> type, Form element) {
    this.type = type;
    this.element = element;
  }

  @Override
  public String typeName() {
    return type.getTypeName();
  }

  @Override
  public void write(Object array, ValueWriter out) {
    out.check(type, array);
    out.startArray();
    out.path().enter(0);
    int length = Array.getLength(array);
    for (int i = 0; i < length; i++) {
      out.path().moveTo(i);
      out.value(element, Array.get(array, i));
    }
    out.path().leave();
    out.endArray();
  }

  @Override
  public Object read(ValueReader in) {
    in.expect(Token.START_ARRAY, typeName());
    List<Object> items = ListForm.readItems(in, this, element);
    Object array = Array.newInstance(type.getComponentType(), items.size());
    for (int i = 0; i < items.size(); i++) {
      Array.set(array, i, items.get(i));
    }
    return array;
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return false;
  }
}
