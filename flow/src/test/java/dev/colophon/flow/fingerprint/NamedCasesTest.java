package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Edits that change what a step does, each a pair of sources: the fingerprint must tell. */
class NamedCasesTest {
  @TempDir Path folder;

  /**
   * An edit.
   *
   * @param name what it is
   * @param flow members of the flow class, whose step is {@code s}
   * @param helper a further source file, in which the edit takes place
   * @param before what stands in the helper, or in the flow
   * @param after what stands there instead
   */
  record Edit(String name, String flow, String helper, String before, String after) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Edit> edits() {
    return Stream.of(
        new Edit(
            "a lambda",
            "@Step int s() { IntSupplier f = () -> H.one(); return f.getAsInt() + 7; }"
                + " interface IntSupplier { int getAsInt(); }",
            "class H { static int one() { return 1; } }",
            "+ 7",
            "+ 8"),
        new Edit(
            "the body of a lambda",
            "@Step int s() { return List.of(1, 2).stream().mapToInt(x -> x * 3).sum(); }",
            "",
            "x * 3",
            "x * 4"),
        new Edit(
            "what a lambda calls",
            "@Step int s() { return List.of(1, 2).stream().mapToInt(x -> H.of(x)).sum(); }",
            "class H { static int of(int x) { return x * 3; } }",
            "x * 3",
            "x * 4"),
        new Edit(
            "the target of a method reference",
            "@Step int s() { return List.of(1, 2).stream().mapToInt(H::of).sum(); }",
            "class H { static int of(int x) { return x * 3; } }",
            "x * 3",
            "x * 4"),
        new Edit(
            "the method that a reference of an instance names",
            "@Step int s() { return List.of(new H(1)).stream().mapToInt(H::get).sum(); }",
            "class H { int a; H(int a) { this.a = a; } int get() { return a; } }",
            "return a;",
            "return -a;"),
        new Edit(
            "what overrides the method that a reference names",
            "@Step int s() { H h = new J(); java.util.function.IntSupplier f = h::get;"
                + " return f.getAsInt(); }",
            "class H { int get() { return 1; } } class J extends H { int get() { return 2; } }",
            "return 2;",
            "return 3;"),
        new Edit(
            "a constructor by reference",
            "@Step String s() { return java.util.Optional.of(1).map(H::new).get().toString(); }",
            "class H { int a; H(int a) { this.a = a; } public String toString() { return \"\" + a; } }",
            "this.a = a;",
            "this.a = -a;"),
        new Edit(
            "what a library calls back",
            "@Step String s() { return String.valueOf(new H()); }",
            "class H { public String toString() { return \"a\"; } }",
            "\"a\"",
            "\"b\""),
        new Edit(
            "a comparator",
            "@Step int s() { var l = new ArrayList<>(List.of(2, 1)); l.sort(new H()); return l.get(0); }",
            "class H implements java.util.Comparator<Integer> {"
                + " public int compare(Integer a, Integer b) { return a - b; } }",
            "a - b",
            "b - a"),
        new Edit(
            "a compact constructor of a record",
            "@Step int s() { return new H(3).a(); }",
            "record H(int a) { H { a = a + 1; } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "an accessor of a record",
            "@Step int s() { return new H(3).a(); }",
            "record H(int a) { public int a() { return a + 1; } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "the order of a record's components",
            "@Step String s() { return new H(3, 4).toString(); }",
            "record H(int a, int b) { }",
            "int a, int b",
            "int b, int a"),
        new Edit(
            "the name of a record's component",
            "@Step H s() { return H.of(); }",
            "record H(int a) { static H of() { return new H(1); } }",
            "int a",
            "int b"),
        new Edit(
            "the body of an enum constant",
            "@Step int s() { return H.A.get(); }",
            "enum H { A { int get() { return 1; } }, B { int get() { return 2; } };"
                + " abstract int get(); }",
            "return 1;",
            "return 3;"),
        new Edit(
            "a constructor argument of an enum constant",
            "@Step int s() { return H.A.n; }",
            "enum H { A(1), B(2); final int n; H(int n) { this.n = n; } }",
            "A(1)",
            "A(3)"),
        new Edit(
            "a case of a switch over an enum",
            "@Step int s() { return H.of(E.B); } enum E { A, B, C }",
            "class H { static int of(F.E e) { return switch (e) { case A -> 1; case B -> 2;"
                + " case C -> 3; }; } }",
            "B -> 2",
            "B -> 4"),
        new Edit(
            "which constants the cases of a switch name",
            "@Step int s() { return H.of(E.B); } enum E { A, B, C }",
            "class H { static int of(F.E e) { switch (e) { case A: return 1; case B: return 2;"
                + " default: return 3; } } }",
            "case A: return 1; case B: return 2;",
            "case B: return 1; case A: return 2;"),
        new Edit(
            "an implementation of a sealed family, two levels down",
            "@Step int s() { H h = new H.B(1); return h.get(); }",
            "sealed interface H { int get(); sealed interface M extends H permits B {}"
                + " record B(int a) implements M { public int get() { return a + 1; } } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "a pattern of a switch over a sealed family",
            "@Step int s() { return H.of(new H.B(1)); }",
            "sealed interface H { record A(int a) implements H {} record B(int b) implements H {}"
                + " static int of(H h) { return switch (h) { case A(int a) -> a; case B(int b) -> -b;"
                + " }; } }",
            "-> -b",
            "-> b"),
        new Edit(
            "a guard of a pattern",
            "@Step int s() { return H.of(1); }",
            "class H { static int of(Object o) { return switch (o) { case Integer i when i > 1 -> 1;"
                + " default -> 2; }; } }",
            "i > 1",
            "i > 0"),
        new Edit(
            "a default method of an interface",
            "@Step int s() { return new J().get(); }",
            "interface H { default int get() { return 1; } } class J implements H {}",
            "return 1;",
            "return 2;"),
        new Edit(
            "a default method of a lambda's interface",
            "@Step int s() { H h = () -> 1; return h.twice(); }",
            "interface H { int get(); default int twice() { return 2 * get(); } }",
            "2 * get()",
            "3 * get()"),
        new Edit(
            "a default method that a lambda's interface overrides",
            "@Step int s() { J j = () -> 1; H h = j; return h.twice(); }",
            "interface H { int get(); default int twice() { return 2 * get(); } }"
                + " interface J extends H { default int twice() { return 3 * get(); } }",
            "3 * get()",
            "4 * get()"),
        new Edit(
            "a static initialiser",
            "@Step int s() { return H.a; }",
            "class H { static int a; static { a = 1; } }",
            "a = 1",
            "a = 2"),
        new Edit(
            "a static initialiser of a superclass",
            "@Step int s() { new J(); return H.a; }",
            "class H { static int a; static { a = 1; } } class J extends H {}",
            "a = 1",
            "a = 2"),
        new Edit(
            "a field's initialiser",
            "@Step int s() { return new H().a; }",
            "class H { int a = 1; }",
            "a = 1",
            "a = 2"),
        new Edit(
            "a constant inlined from another class",
            "@Step int s() { return H.A; }",
            "class H { static final int A = 1; }",
            "A = 1",
            "A = 2"),
        new Edit(
            "a constant of an interface",
            "@Step double s() { return new J().a(); }",
            "interface H { double A = 1.5; } class J implements H { double a() { return A; } }",
            "A = 1.5",
            "A = 2.5"),
        new Edit(
            "the text of a concatenation",
            "@Step String s() { return H.of(1); }",
            "class H { static String of(int a) { return \"a=\" + a; } }",
            "\"a=\"",
            "\"b=\""),
        new Edit(
            "what a bridge calls",
            "@Step int s() { H<String> h = new J(); return h.get(\"abc\"); }",
            "abstract class H<T> { abstract int get(T t); }"
                + " class J extends H<String> { int get(String t) { return t.length(); } }",
            "t.length()",
            "-t.length()"),
        new Edit(
            "a nested class",
            "@Step int s() { return new N().get(); } static class N { int get() { return 1; } }",
            "",
            "return 1;",
            "return 2;"),
        new Edit(
            "an inner class",
            "@Step int s() { return new H().new N().get(); }",
            "class H { int a = 1; class N { int get() { return a + 1; } } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "an anonymous class",
            "@Step int s() { return H.of().get(); }",
            "abstract class H { abstract int get();"
                + " static H of() { return new H() { int get() { return 1; } }; } }",
            "return 1;",
            "return 2;"),
        new Edit(
            "which variable an anonymous class reads",
            "@Step int s() { return H.of(1, 2).get(); }",
            "abstract class H { abstract int get(); static H of(int a, int b) {"
                + " return new H() { int get() { return a - b; } int no() { return b - a; } }; } }",
            "return a - b;",
            "return a - a - b;"),
        new Edit(
            "a local class",
            "@Step int s() { return H.of(); }",
            "class H { static int of() { class L { int get() { return 1; } } return new L().get(); } }",
            "return 1;",
            "return 2;"),
        new Edit(
            "a local record",
            "@Step int s() { return H.of(); }",
            "class H { static int of() { record L(int a) { L { a = a + 1; } } return new L(1).a(); } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "a lambda in an anonymous class",
            "@Step int s() { return H.of().get(); }",
            "abstract class H { abstract int get(); static H of() { return new H() { int get() {"
                + " return java.util.stream.IntStream.of(1).map(x -> x + 1).sum(); } }; } }",
            "x + 1",
            "x + 2"),
        new Edit(
            "the message of an exception that is caught",
            "@Step String s() { try { throw new H(); } catch (H e) { return e.getMessage(); } }",
            "class H extends RuntimeException { public String getMessage() { return \"a\"; } }",
            "\"a\"",
            "\"b\""),
        new Edit(
            "what finally does",
            "@Step int s() { return H.of(); }",
            "class H { static int a; static int of() { try { return a; } finally { a = 1; } } }",
            "a = 1",
            "a = 2"),
        new Edit(
            "what kind of exception is caught",
            "@Step int s() { return H.of(); }",
            "class H { static int of() { try { return Integer.parseInt(\"x\"); }"
                + " catch (NumberFormatException e) { return 1; } } }",
            "NumberFormatException e",
            "RuntimeException e"),
        new Edit(
            "an element's type that only a codec reaches",
            "@Step List<H> s() { return List.of(); }",
            "record H(int a) { H { if (a < 0) throw new IllegalArgumentException(); } }",
            "a < 0",
            "a < 1"),
        new Edit(
            "a component's type that only a codec reaches",
            "@Step Optional<H> s() { return Optional.empty(); }",
            "record H(java.util.Map<String, J> a) {} record J(int b) { public int b() { return b + 1; } }",
            "b + 1",
            "b + 2"),
        new Edit(
            "a member of a sealed family that only a codec reaches",
            "@Step Optional<H> s() { return Optional.empty(); }",
            "sealed interface H { sealed interface M extends H {} record B(int a) implements M {"
                + " public int a() { return a + 1; } } }",
            "a + 1",
            "a + 2"),
        new Edit(
            "an enum that only a codec reaches",
            "@Step Optional<H> s() { return Optional.empty(); }",
            "enum H { A, B }",
            "A, B",
            "A, C"),
        new Edit(
            "a superclass",
            "@Step int s() { return new J().get(); }",
            "class H { int get() { return 1; } } class I extends H { int get() { return 2; } }"
                + " class J extends H { }",
            "J extends H",
            "J extends I"),
        new Edit(
            "an override that is new",
            "@Step int s() { H h = new J(); return h.get(); }",
            "class H { int get() { return 1; } } class J extends H { }",
            "J extends H { }",
            "J extends H { int get() { return 2; } }"),
        new Edit(
            "a class that is named by a literal",
            "@Step String s() { return H.name(K.class); }",
            "class K { int get() { return 1; } }"
                + " class H { static String name(Class<?> c) { return c.getSimpleName(); } }",
            "return 1;",
            "return 2;"),
        new Edit(
            "what an instance looks like to code that loads by name",
            "@Step String s() throws Exception { return Class.forName(\"K\").getName(); }",
            "class K { int get() { return 1; } }",
            "return 1;",
            "return 2;"),
        new Edit(
            "the order of arguments that are wired by name",
            "@Param int a = 1; @Param int b = 2; @Step int s(int a, int b) { return a - b; }",
            "",
            "int a, int b) { return a - b; }",
            "int b, int a) { return b - a; }"),
        new Edit(
            "what a class does before it is used, by way of an interface's field",
            "@Step int s() { return new J().b; }",
            "interface H { int A = K.set(1); default void d() {} } class K { static int b;"
                + " static int set(int a) { b = a; return a; } } class J implements H { int b = K.b; }",
            "K.set(1)",
            "K.set(2)"),
        new Edit(
            "the value of a string switch",
            "@Step int s() { return H.of(\"a\"); }",
            "class H { static int of(String a) { return switch (a) { case \"a\" -> 1; default -> 2;"
                + " }; } }",
            "\"a\" -> 1",
            "\"b\" -> 1"),
        new Edit(
            "the type that is looked for",
            "@Step boolean s() { Object o = new J(); return H.is(o); }",
            "class H { static boolean is(Object o) { return o instanceof Runnable; } }"
                + " class J implements java.io.Serializable { }",
            "java.io.Serializable { }",
            "java.io.Serializable, Runnable { public void run() {} }"),
        new Edit(
            "a constructor of the flow that does more than give defaults",
            "@Step int s() { return H.n; } public F() { H.n = 1; }",
            "class H { static int n; }",
            "H.n = 1",
            "H.n = 2"));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void theFingerprintTells(Edit edit) throws IOException {
    assertThat(digest(edit, "after", true)).isNotEqualTo(digest(edit, "before", false));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void andIsTheSameTwice(Edit edit) throws IOException {
    assertThat(digest(edit, "one", false)).isEqualTo(digest(edit, "two", false));
  }

  private String digest(Edit edit, String place, boolean edited) throws IOException {
    var text = Project.flow(edit.flow());
    var helper = edit.helper();
    if ((text + helper).indexOf(edit.before()) < 0) {
      throw new IllegalStateException("nothing to edit in " + edit);
    }
    if (edited) {
      text = text.replace(edit.before(), edit.after());
      helper = helper.replace(edit.before(), edit.after());
    }
    var project = new Project(folder.resolve(place));
    Map.of("F.java", text, "H.java", helper).forEach(project::with);
    return project.compile().print("s").digest().hex();
  }
}
