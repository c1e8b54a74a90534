package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Invalid;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/** Makes the form of one type, and refuses what has none. Used once, by one thread. */
final class FormCompiler {
  private static final Set<Class<?>> LISTS =
      Set.of(List.class, Collection.class, SequencedCollection.class);
  private static final Set<Class<?>> SETS = Set.of(Set.class, SortedSet.class, NavigableSet.class);
  private static final Set<Class<?>> MAPS = Set.of(Map.class, SortedMap.class, NavigableMap.class);

  /**
   * No type that a person writes goes deeper; one that contains ever larger types of itself does.
   */
  private static final int MAX_DEPTH = 200;

  /**
   * A type where it stands.
   *
   * @param inColumns whether a primitive array here becomes a file
   */
  private record Place(KnownType type, boolean inColumns) {}

  private final Function<Class<?>, RecordShape> shapes;
  private final Map<Place, Form> known = new HashMap<>();
  private final List<String> path = new ArrayList<>();
  private boolean hasColumns;

  FormCompiler(Function<Class<?>, RecordShape> shapes) {
    this.shapes = shapes;
  }

  /**
   * The form of a whole value.
   *
   * @param columns whether arrays in a record become files of their own
   */
  Forms.Whole whole(KnownType type, boolean columns) {
    Form form = form(type, columns && type.raw().isRecord());
    return new Forms.Whole(form, hasColumns);
  }

  private Form form(KnownType type, boolean inColumns) {
    Class<?> raw = type.raw();
    if (path.size() > MAX_DEPTH) {
      throw refusal(type, "its type arguments grow without end");
    }
    Optional<ScalarForm<?>> scalar = Scalars.find(raw);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    if (raw.isArray()) {
      return array(type, inColumns);
    }
    Class<?> box = OptionalForm.OF_PRIMITIVES.get(raw);
    if (box != null) {
      return new OptionalForm(raw, Scalars.find(box).orElseThrow());
    }
    if (type.arguments().isEmpty() && raw.getTypeParameters().length > 0) {
      throw refusal(type, "it lacks its type arguments");
    }
    if (raw == Optional.class) {
      return optional(type);
    }
    if (LISTS.contains(raw)) {
      return new ListForm(raw, part("[]", type.arguments().getFirst()));
    }
    if (SETS.contains(raw)) {
      return set(type);
    }
    if (MAPS.contains(raw)) {
      return map(type);
    }
    if (raw.isRecord()) {
      return record(type, inColumns);
    }
    if (raw.isSealed()) {
      return family(type);
    }
    throw refusal(type, advice(raw));
  }

  private static String advice(Class<?> type) {
    if (Path.class.isAssignableFrom(type)) {
      return "a Path is stored as the whole result of a step, or as List<Path>";
    }
    if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
      return "declare it as List, Set, SortedSet, Map or SortedMap";
    }
    return "expected a record, an enum, a sealed family of them, a primitive or its box, String,"
        + " java.time, UUID, URI, BigDecimal, BigInteger, or an array, List, Set, Map or Optional"
        + " of those";
  }

  private Form part(String step, KnownType type) {
    return part(step, type, false);
  }

  private Form part(String step, KnownType type, boolean inColumns) {
    path.add(step);
    Form form = form(type, inColumns);
    path.removeLast();
    return form;
  }

  private Form array(KnownType type, boolean inColumns) {
    KnownType component = type.arguments().getFirst();
    if (!component.raw().isPrimitive()) {
      return new ArrayForm(type.raw(), part("[]", component));
    }
    if (inColumns) {
      hasColumns = true;
      return new ColumnForm(type.raw());
    }
    return new ArrayForm(type.raw(), Scalars.element(component.raw()));
  }

  private Form optional(KnownType type) {
    Form content = part("[]", type.arguments().getFirst());
    if (content instanceof OptionalForm) {
      throw refusal(type, "an Optional of an Optional has no form of its own");
    }
    return new OptionalForm(type.raw(), content);
  }

  private Form set(KnownType type) {
    KnownType element = type.arguments().getFirst();
    if (type.raw() != Set.class && !Comparable.class.isAssignableFrom(element.raw())) {
      throw refusal(type, "its elements have no order of their own; declare it as Set");
    }
    return new SetForm(type.raw(), part("[]", element));
  }

  private Form map(KnownType type) {
    KnownType key = type.arguments().getFirst();
    ScalarForm<?> keyForm =
        Scalars.findKey(key.raw())
            .orElseThrow(
                () ->
                    refusal(
                        type,
                        "expected keys of type String, an enum, a primitive's box, java.time or"
                            + " UUID"));
    return new MapForm(type.raw(), keyForm, part("[]", type.arguments().getLast()));
  }

  private Form record(KnownType type, boolean inColumns) {
    Place place = new Place(type, inColumns);
    Form before = known.get(place);
    if (before != null) {
      return before;
    }
    RecordShape shape = shape(type);
    RecordForm form = new RecordForm(shape);
    known.put(place, form);
    Map<TypeVariable<?>, KnownType> variables = type.variables();
    List<RecordForm.Member> members = new ArrayList<>();
    List<RecordComponent> components = shape.components();
    for (int i = 0; i < components.size(); i++) {
      String name = components.get(i).getName();
      KnownType part = KnownType.of(components.get(i).getGenericType(), variables);
      members.add(new RecordForm.Member(name, i, part(name, part, inColumns)));
    }
    members.sort(Comparator.comparing(RecordForm.Member::name));
    form.complete(members);
    return form;
  }

  private RecordShape shape(KnownType type) {
    try {
      return shapes.apply(type.raw());
    } catch (InaccessibleObjectException e) {
      throw refusal(
          type,
          "module %s does not open its package to reflection"
              .formatted(type.raw().getModule().getName()));
    }
  }

  private Form family(KnownType type) {
    Place place = new Place(type, false);
    Form before = known.get(place);
    if (before != null) {
      return before;
    }
    FamilyForm form = new FamilyForm(type.raw());
    known.put(place, form);
    Map<String, FamilyForm.Leaf> leaves = new TreeMap<>();
    addLeaves(type, leaves);
    form.complete(leaves);
    return form;
  }

  private void addLeaves(KnownType family, Map<String, FamilyForm.Leaf> leaves) {
    for (Class<?> permitted : family.raw().getPermittedSubclasses()) {
      KnownType type = family.narrowedTo(permitted);
      if (permitted.isSealed() && !permitted.isEnum()) {
        addLeaves(type, leaves);
      } else {
        addLeaf(type, leaves);
      }
    }
    if (!family.raw().isInterface() && !Modifier.isAbstract(family.raw().getModifiers())) {
      throw refusal(family, "a sealed class is stored only if it is abstract");
    }
  }

  private void addLeaf(KnownType type, Map<String, FamilyForm.Leaf> leaves) {
    Class<?> raw = type.raw();
    if (!raw.isRecord() && !raw.isEnum()) {
      throw refusal(type, "a leaf of a sealed family is stored if it is a record or an enum");
    }
    Form form = form(type, false);
    if (raw.isRecord()) {
      for (RecordComponent component : raw.getRecordComponents()) {
        if (component.getName().startsWith("$")) {
          throw refusal(
              type, "component %s would come before \"@type\"".formatted(component.getName()));
        }
      }
    }
    FamilyForm.Leaf other = leaves.putIfAbsent(raw.getSimpleName(), new FamilyForm.Leaf(raw, form));
    if (other != null && other.type() != raw) {
      throw refusal(
          type,
          "its family has another leaf of the same simple name, " + other.type().getTypeName());
    }
  }

  private Invalid refusal(KnownType type, String reason) {
    StringBuilder where = new StringBuilder();
    for (String step : path) {
      where.append(where.isEmpty() || step.equals("[]") ? "" : ".").append(step);
    }
    String subject =
        path.isEmpty() ? "step result" : "component %s of the step result".formatted(where);
    return new Invalid(
        "%s has type %s, which can't be stored: %s".formatted(subject, type.display(), reason));
  }
}
