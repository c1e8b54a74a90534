package dev.colophon.flow.codec;

import dev.colophon.core.json.JsonReader.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record: an object with a member for each component. */
final class RecordForm implements Form {
  /**
   * A component.
   *
   * @param index among the components, in their order of declaration
   */
  record Member(String name, int index, Form form) {}

  private final RecordShape shape;
  private List<Member> members = List.of();
  private Map<String, Member> byName = Map.of();

  RecordForm(RecordShape shape) {
    this.shape = shape;
  }

  /**
   * Says what the components are, once, before the form is used: a record may contain itself.
   *
   * @param sorted in the order of the names' UTF-16 units
   */
  void complete(List<Member> sorted) {
    members = List.copyOf(sorted);
    Map<String, Member> named = HashMap.newHashMap(sorted.size());
    members.forEach(member -> named.put(member.name(), member));
    byName = named;
  }

  @Override
  public String typeName() {
    return shape.type().getTypeName();
  }

  @Override
  public void write(Object value, ValueWriter out) {
    out.check(shape.type(), value);
    out.startObject();
    writeMembers(value, out);
    out.endObject();
  }

  /** Writes the members into the object that was started. */
  void writeMembers(Object value, ValueWriter out) {
    for (Member member : members) {
      out.path().enter(member.name());
      Object part = shape.get(member.index(), value, out);
      if (!(member.form() instanceof OptionalForm optional)
          || part == null
          || optional.isPresent(part)) {
        out.name(member.name());
        out.value(member.form(), part);
      }
      out.path().leave();
    }
  }

  @Override
  public Object read(ValueReader in) {
    in.descend(Token.START_OBJECT, this);
    return readMembers(in);
  }

  /** Reads the members up to the end of the object that was started. */
  Object readMembers(ValueReader in) {
    @Nullable Object[] parts = new @Nullable Object[members.size()];
    while (in.next() != Token.END_OBJECT) {
      String name = in.text();
      Member member = byName.get(name);
      if (member == null) {
        throw in.corrupt(
            "has a member \"%s\", expected only %s of record %s; it was stored by other code"
                .formatted(Texts.excerpt(name), names(), typeName()));
      }
      if (parts[member.index()] != null) {
        throw in.corrupt("has member \"%s\" twice, expected it once".formatted(name));
      }
      in.path().enter(name);
      in.next();
      parts[member.index()] = member.form().read(in);
      in.path().leave();
    }
    in.ascend();
    return shape.make(filled(parts, in), in);
  }

  private @Nullable Object[] filled(@Nullable Object[] parts, ValueReader in) {
    for (Member member : members) {
      if (parts[member.index()] == null) {
        if (!(member.form() instanceof OptionalForm optional)) {
          throw in.corrupt(
              "lacks member \"%s\", expected %s of record %s; it was stored by other code"
                  .formatted(member.name(), names(), typeName()));
        }
        parts[member.index()] = optional.empty();
      }
    }
    return parts;
  }

  private List<String> names() {
    return members.stream().map(Member::name).toList();
  }

  @Override
  public boolean isShareable(Set<Form> seen) {
    return !seen.add(this) || members.stream().allMatch(member -> member.form().isShareable(seen));
  }
}
