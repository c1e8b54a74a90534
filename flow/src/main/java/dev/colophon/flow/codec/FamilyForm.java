package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A sealed family: the object of the record that the value is, with a member {@code "@type"} that
 * says which; an enum constant of the family is the object {@code {"@type":…,"@value":…}}.
 */
final class FamilyForm implements Form {
  /** Name of the member that holds the simple name of the leaf. */
  static final String TYPE = "@type";

  private static final String VALUE = "@value";

  /**
   * A class that values of the family may have.
   *
   * @param form a {@link RecordForm}, or the {@link ScalarForm} of an enum
   */
  record Leaf(Class<?> type, Form form) {}

  private final Class<?> type;
  private Map<String, Leaf> leaves = Map.of();

  FamilyForm(Class<?> type) {
    this.type = type;
  }

  /**
   * Says what the leaves are, once, before the form is used: a family may contain itself.
   *
   * @param byName by their simple names
   */
  void complete(Map<String, Leaf> byName) {
    leaves = new TreeMap<>(byName);
  }

  @Override
  public String typeName() {
    return type.getTypeName();
  }

  @Override
  public void write(Object value, ValueWriter out) {
    out.check(type, value);
    Class<?> found =
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    Leaf leaf = leaves.get(found.getSimpleName());
    if (leaf == null || leaf.type() != found) {
      throw out.invalid(
          "is a value of %s, expected one of the leaves %s of %s"
              .formatted(found.getTypeName(), leaves.keySet(), typeName()));
    }
    out.startObject();
    out.name(TYPE);
    out.text(found.getSimpleName());
    if (leaf.form() instanceof RecordForm form) {
      form.writeMembers(value, out);
    } else {
      out.name(VALUE);
      leaf.form().write(value, out);
    }
    out.endObject();
  }

  @Override
  public Object read(ValueReader in) {
    in.descend(Token.START_OBJECT, this);
    if (in.next() != Token.NAME || !in.text().equals(TYPE)) {
      throw in.unexpected("member \"%s\" first".formatted(TYPE));
    }
    Leaf leaf = in.next() == Token.TEXT ? leaves.get(in.text()) : null;
    if (leaf == null) {
      throw in.unexpected("one of the leaves %s of %s".formatted(leaves.keySet(), typeName()));
    }
    return leaf.form() instanceof RecordForm form
        ? form.readMembers(in)
        : readConstant(leaf.form(), in);
  }

  private static Object readConstant(Form form, ValueReader in) {
    if (in.next() != Token.NAME || !in.text().equals(VALUE)) {
      throw in.unexpected("member \"%s\"".formatted(VALUE));
    }
    in.next();
    Object constant = form.read(in);
    in.next();
    in.expect(Token.END_OBJECT, "the end of the object");
    in.ascend();
    return constant;
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return !seen.add(this)
        || leaves.values().stream().allMatch(leaf -> leaf.form().isShareable(seen));
  }
}
