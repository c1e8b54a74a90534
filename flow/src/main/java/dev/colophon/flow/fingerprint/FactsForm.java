package dev.colophon.flow.fingerprint;

import dev.colophon.flow.fingerprint.Bytes.In;
import dev.colophon.flow.fingerprint.Bytes.Out;
import dev.colophon.flow.fingerprint.ClassFacts.Component;
import dev.colophon.flow.fingerprint.ClassFacts.Constant;
import dev.colophon.flow.fingerprint.ClassFacts.FieldFacts;
import dev.colophon.flow.fingerprint.ClassFacts.MethodFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The facts of a class as bytes, for a cache. */
final class FactsForm {
  /** To be raised whenever the form, or what is read from class files, changes. */
  static final int VERSION = 1;

  private FactsForm() {}

  static byte[] write(ClassFacts facts) {
    var out = new Out();
    out.text(facts.name());
    out.number(facts.access());
    out.text(facts.superName());
    out.list(facts.interfaces(), Out::text);
    out.flag(facts.local());
    code(out, facts.shape());
    code(out, facts.members());
    out.list(facts.memberTypes(), Out::text);
    out.list(facts.componentTypes(), Out::text);
    out.list(facts.components(), FactsForm::component);
    out.list(facts.permitted(), Out::text);
    out.list(facts.captured(), Out::text);
    out.list(new ArrayList<>(facts.switchMaps().entrySet()), FactsForm::switchMap);
    out.list(facts.fields(), FactsForm::field);
    Map<Ref, Integer> refs = new LinkedHashMap<>();
    facts.methods().forEach(m -> m.refs().forEach(ref -> refs.putIfAbsent(ref, refs.size())));
    out.list(new ArrayList<>(refs.keySet()), FactsForm::ref);
    out.list(facts.methods(), (to, method) -> method(to, method, refs));
    return out.copy();
  }

  static ClassFacts read(byte[] bytes, int from) {
    var in = new In(bytes, from);
    return new ClassFacts(
        in.text(),
        in.number(),
        in.text(),
        in.list(In::text),
        in.flag(),
        code(in),
        code(in),
        in.list(In::text),
        in.list(In::text),
        in.list(each -> new Component(each.text(), each.text())),
        in.list(In::text),
        in.list(In::text),
        switchMaps(in),
        in.list(FactsForm::field),
        methods(in));
  }

  private static void component(Out out, Component component) {
    out.text(component.name());
    out.text(component.descriptor());
  }

  private static void code(Out out, Code code) {
    out.digest(code.digest());
    out.list(code.holes(), FactsForm::hole);
  }

  private static Code code(In in) {
    return new Code(in.digest(), in.list(FactsForm::hole));
  }

  private static void hole(Out out, Hole hole) {
    switch (hole) {
      case Hole.Fold(String owner, String name, String descriptor) -> {
        out.number(0);
        out.text(owner);
        out.text(name);
        out.text(descriptor);
      }
      case Hole.Local(String name) -> {
        out.number(1);
        out.text(name);
      }
      case Hole.LocalField(String owner, String name) -> {
        out.number(2);
        out.text(owner);
        out.text(name);
      }
      case Hole.EnumSwitch(String owner, String map, SortedMap<Integer, Integer> targets) -> {
        out.number(3);
        out.text(owner);
        out.text(map);
        out.number(targets.size());
        targets.forEach(
            (number, target) -> {
              out.number(number);
              out.number(target);
            });
      }
    }
  }

  private static Hole hole(In in) {
    int kind = in.number();
    return switch (kind) {
      case 0 -> new Hole.Fold(in.text(), in.text(), in.text());
      case 1 -> new Hole.Local(in.text());
      case 2 -> new Hole.LocalField(in.text(), in.text());
      case 3 -> {
        var owner = in.text();
        var map = in.text();
        SortedMap<Integer, Integer> targets = new TreeMap<>();
        for (int left = in.number(); left > 0; left--) {
          int number = in.number();
          targets.put(number, in.number());
        }
        yield new Hole.EnumSwitch(owner, map, targets);
      }
      default -> throw new IllegalArgumentException("hole of kind " + kind);
    };
  }

  private static void switchMap(Out out, Map.Entry<String, SortedMap<Integer, Constant>> map) {
    out.text(map.getKey());
    out.number(map.getValue().size());
    map.getValue()
        .forEach(
            (number, constant) -> {
              out.number(number);
              out.text(constant.owner());
              out.text(constant.name());
            });
  }

  private static Map<String, SortedMap<Integer, Constant>> switchMaps(In in) {
    Map<String, SortedMap<Integer, Constant>> maps = new HashMap<>();
    for (int left = in.number(); left > 0; left--) {
      var name = in.text();
      SortedMap<Integer, Constant> map = new TreeMap<>();
      for (int more = in.number(); more > 0; more--) {
        int number = in.number();
        map.put(number, new Constant(in.text(), in.text()));
      }
      maps.put(name, map);
    }
    return maps;
  }

  private static void field(Out out, FieldFacts field) {
    out.text(field.name());
    out.text(field.descriptor());
    out.number(field.access());
    out.flag(field.value().isPresent());
    out.text(field.value().orElse(""));
    out.flag(field.param());
    out.list(field.types(), Out::text);
  }

  private static FieldFacts field(In in) {
    var name = in.text();
    var descriptor = in.text();
    int access = in.number();
    boolean constant = in.flag();
    var value = in.text();
    return new FieldFacts(
        name,
        descriptor,
        access,
        constant ? Optional.of(value) : Optional.empty(),
        in.flag(),
        in.list(In::text));
  }

  private static void ref(Out out, Ref ref) {
    out.text(ref.kind().name());
    out.text(ref.owner());
    out.text(ref.name());
    out.text(ref.descriptor());
  }

  private static void method(Out out, MethodFacts method, Map<Ref, Integer> refs) {
    out.text(method.name());
    out.text(method.descriptor());
    out.number(method.access());
    code(out, method.code());
    out.list(method.refs(), (to, ref) -> to.number(refs.getOrDefault(ref, 0)));
    out.flag(method.step().isPresent());
    if (method.step().isPresent()) {
      out.text(method.step().get());
      out.text(method.signature());
      out.list(method.types(), Out::text);
    }
    out.flag(method.plain());
  }

  private static List<MethodFacts> methods(In in) {
    List<Ref> refs =
        in.list(
            each -> new Ref(Ref.Kind.valueOf(each.text()), each.text(), each.text(), each.text()));
    return in.list(each -> method(each, refs));
  }

  private static MethodFacts method(In in, List<Ref> refs) {
    var name = in.text();
    var descriptor = in.text();
    int access = in.number();
    var code = code(in);
    List<Ref> own = in.list(each -> refs.get(each.number()));
    boolean step = in.flag();
    return new MethodFacts(
        name,
        descriptor,
        access,
        code,
        own,
        step ? Optional.of(in.text()) : Optional.empty(),
        step ? in.text() : "",
        step ? in.list(In::text) : List.of(),
        in.flag());
  }
}
