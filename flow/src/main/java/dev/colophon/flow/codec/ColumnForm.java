package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.Set;

/**
 * A primitive array that is a component of a record: a {@code .npy} file of its own, of which the
 * JSON says only the name: {@code {"@npy":"delay.npy"}}.
 */
final class ColumnForm implements Form {
  /** Name of the only member. */
  static final String MEMBER = "@npy";

  /** How the file's name ends, after the path of the component. */
  static final String SUFFIX = ".npy";

  private final Class<?> type;

  ColumnForm(Class<?> type) {
    this.type = type;
  }

  @Override
  public String typeName() {
    return type.getTypeName();
  }

  @Override
  public void write(Object array, ValueWriter out) {
    out.check(type, array);
    String name = out.path().text();
    out.column(name, array);
    out.startObject();
    out.name(MEMBER);
    out.text(name + SUFFIX);
    out.endObject();
  }

  @Override
  public Object read(ValueReader in) {
    String name = in.path().text() + SUFFIX;
    in.descend(Token.START_OBJECT, this);
    if (in.next() != Token.NAME || !in.text().equals(MEMBER)) {
      throw in.unexpected("member \"%s\"".formatted(MEMBER));
    }
    if (in.next() != Token.TEXT || !in.text().equals(name)) {
      throw in.unexpected("file name \"%s\"".formatted(name));
    }
    in.next();
    in.expect(Token.END_OBJECT, "the end of the object");
    in.ascend();
    return in.column(type);
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return false;
  }
}
