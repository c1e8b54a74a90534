package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Kind;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is part of a fingerprint, and what is not. */
class ReachTest {
  @TempDir Path folder;

  private Project project(String members) {
    return new Project(folder.resolve("one")).with("F.java", Project.flow(members));
  }

  @Test
  void aHelperIsPartOfTheStepsThatReachIt() throws IOException {
    var project =
        project("@Step int a() { return H.h(); } @Step int b() { return 1; }")
            .with(
                "H.java", "class H { static int h() { return 1; } static int no() { return 2; } }")
            .compile();
    assertThat(project.names("a", Kind.METHOD)).containsExactly("F.a()", "H.h()");
    assertThat(project.names("b", Kind.METHOD)).containsExactly("F.b()");
  }

  @Test
  void aParameterIsPartOfTheStepsThatReadItsField() throws IOException {
    var project =
        project(
                "@Param int m = 1; @Param int n = 2; @Step int a() { return h(); }"
                    + " @Step int b(int m) { return m; } int h() { return n; }")
            .compile();
    assertThat(project.print("a").parameters()).containsExactly("n");
    assertThat(project.print("b").parameters()).isEmpty();
  }

  @Test
  void aParameterIsPartIfALambdaOrAnInnerClassReadsIt() throws IOException {
    var project =
        project(
                "@Param int m = 1; @Param int n = 2; @Param int o = 3;"
                    + " @Step int a() { return List.of(1).stream().mapToInt(x -> x + m).sum(); }"
                    + " @Step int b() { return new Object() { int x() { return n; } }.x(); }")
            .compile();
    assertThat(project.print("a").parameters()).containsExactly("m");
    assertThat(project.print("b").parameters()).containsExactly("n");
  }

  @Test
  void allParametersArePartIfTheFlowItselfIsHandedOn() throws IOException {
    var project =
        project(
                "@Param int m = 1; @Param int n = 2; @Step int a() { return Objects.hash(this); }"
                    + " @Step int b() { return H.h(this); } @Step int c() { return 1; }")
            .with("H.java", "class H { static int h(F f) { return f.m; } }")
            .compile();
    assertThat(project.print("a").parameters()).containsExactly("m", "n");
    assertThat(project.print("b").parameters()).containsExactly("m", "n");
    assertThat(project.print("c").parameters()).isEmpty();
  }

  @Test
  void defaultsOfParametersAreNotPart() throws IOException {
    var one = project("@Param int m = 1; @Step int a() { return m; }").compile();
    var two =
        new Project(folder.resolve("two"))
            .with("F.java", Project.flow("@Param int m = 2; @Step int a() { return m; }"))
            .compile();
    assertThat(two.print("a").digest()).isEqualTo(one.print("a").digest());
  }

  @Test
  void codeThatAsksForTheMomentOrTheAddressSaysSo() throws IOException {
    var project =
        project(
                "@Step String a(TaskContext t) { return \"\" + t.asOf(); }"
                    + " @Step String b(TaskContext t) { return H.h(t::id); }"
                    + " @Step int c(TaskContext t) { t.metric(\"x\", 1); return 1; }")
            .with(
                "H.java",
                "class H { static String h(java.util.function.Supplier<String> s) { return s.get();"
                    + " } }")
            .compile();
    assertThat(project.print("a").asksAsOf()).isTrue();
    assertThat(project.print("a").asksId()).isFalse();
    assertThat(project.print("b").asksId()).isTrue();
    assertThat(project.print("c").asksAsOf()).isFalse();
  }

  @Test
  void allOfTheAuthorsCodeAndResourcesArePartWhereReachCantBeDecided() throws IOException {
    var project =
        project(
                "@Step String a() throws Exception { return Class.forName(\"X\" + 1).getName(); }"
                    + " @Step int b() { return 1; }")
            .with("H.java", "class H { static int h() { return 1; } }")
            .resource("x/words.txt", "one")
            .compile();
    assertThat(project.names("a", Kind.UNDECIDED)).containsExactly("F.a() calls Class.forName");
    assertThat(project.names("a", Kind.METHOD)).contains("H.h()", "F.b()");
    assertThat(project.names("a", Kind.RESOURCE)).containsExactly("x/words.txt");
    assertThat(project.names("b", Kind.RESOURCE)).isEmpty();
  }

  @Test
  void aMethodThatOnlyAClassNeverMadeOverridesIsNotPart() throws IOException {
    var project =
        project("@Step int a() { H h = new J(); return h.get(); }")
            .with(
                "H.java",
                "abstract class H { abstract int get(); } class J extends H { int get() { return 1;"
                    + " } } class K extends H { int get() { return 2; } }")
            .compile();
    assertThat(project.names("a", Kind.METHOD)).contains("J.get()").doesNotContain("K.get()");
  }

  @Test
  void aLoggerNamedAfterAClassDoesNotOpenIt() throws IOException {
    var project =
        project("@Step String a() { return System.getLogger(K.class.getName()).getName(); }")
            .with("H.java", "class K { int k() { return 1; } }")
            .compile();
    assertThat(project.names("a", Kind.METHOD)).containsExactly("F.a()");
  }

  @Test
  void aClassThatNobodyProvidesIsNamed() throws IOException {
    var project =
        project("@Step int a() { return H.h(); }")
            .with("H.java", "class H { static int h() { return K.k(); } }")
            .with("K.java", "class K { static int k() { return 1; } }")
            .compile();
    java.nio.file.Files.delete(project.classes().resolve("K.class"));
    assertThat(project.names("a", Kind.MISSING)).containsExactly("K");
  }

  @Test
  void aDamagedClassFileIsRefusedByName() throws IOException {
    var project =
        project("@Step int a() { return H.h(); }")
            .with("H.java", "class H { static int h() { return 1; } }")
            .compile();
    java.nio.file.Files.write(project.classes().resolve("H.class"), new byte[] {1, 2, 3});
    assertThatThrownBy(project::prints).isInstanceOf(Invalid.class).hasMessageContaining("H.class");
  }

  @Test
  void aFlowThatIsNotOnItsClassPathIsRefused() throws IOException {
    var project = project("@Step int a() { return 1; }").compile();
    var type = project.load("F");
    var elsewhere =
        new Fingerprints(List.of(folder), List.of(), folder.resolve("cache"), () -> Instant.EPOCH);
    assertThatThrownBy(() -> elsewhere.of(ReflectedFlow.graph(type), type))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("class F");
  }

  @Test
  void theNameOfAStepFindsItsMethod() throws IOException {
    var project =
        project("@Step(\"x-1\") int a() { return 1; } int a(int z) { return z; }").compile();
    assertThat(project.prints().keySet()).containsExactly(Name.of("x-1"));
    assertThat(project.names("x-1", Kind.METHOD)).containsExactly("F.a()");
  }

  @Test
  void theTextIsReadBack() throws IOException {
    var fingerprint = project("@Step int a() { return 1; }").compile().fingerprint("a");
    assertThat(Fingerprint.parse(fingerprint.text())).isEqualTo(fingerprint);
    assertThat(fingerprint.digest()).isEqualTo(dev.colophon.core.Digest.of(fingerprint.text()));
  }

  @Test
  void differencesNameWhatChanged() throws IOException {
    var one =
        project("@Step int a() { return H.h(); }")
            .with("H.java", "class H { static int h() { return 1; } }")
            .compile()
            .fingerprint("a");
    var two =
        new Project(folder.resolve("two"))
            .with("F.java", Project.flow("@Step int a() { return H.h(); }"))
            .with(
                "H.java", "class H { static int h() { return i(); } static int i() { return 1; } }")
            .compile()
            .fingerprint("a");
    assertThat(Fingerprint.differences(one, two))
        .extracting(
            each -> each.kind() + " " + each.name(),
            each -> each.from().isPresent(),
            each -> each.to().isPresent())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("METHOD H.h()", true, true),
            org.assertj.core.groups.Tuple.tuple("METHOD H.i()", false, true));
  }
}
