package dev.colophon.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.flow.code.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is compiled of a flow in a file, and how refusals read. */
class FlowSourceTest extends SourceHarness {
  private static final String PLAIN =
      """
      @dev.colophon.flow.Flow
      public class Plain { public static String say() { return "plain"; } }
      """;

  @Test
  void aFileIsCompiledToAJarThatHoldsItsFlow() throws Exception {
    write("Plain.java", PLAIN);
    assertThat(say("Plain.java")).isEqualTo("plain");
  }

  @Test
  void theSourcesAreThoseThatWereRead() throws IOException {
    write("Plain.java", PLAIN.replace("\"plain\"", "Other.WORD"));
    write("Other.java", "class Other { static final String WORD = \"o\"; }");
    write("Unrelated.java", "class Unrelated {}");
    assertThat(load("Plain.java").sources())
        .extracting(SourceFile::path)
        .containsExactly(work().resolve("Plain.java"), work().resolve("Other.java"));
    assertThat(load("Plain.java").sources().getFirst().digest())
        .isEqualTo(Digest.of(Files.readAllBytes(work().resolve("Plain.java"))));
  }

  @Test
  void siblingsInOtherPackagesAreReached() throws Exception {
    write("a/b/Plain.java", "package a.b;\n" + PLAIN.replace("\"plain\"", "a.c.Other.WORD"));
    write(
        "a/c/Other.java", "package a.c; public class Other { public static String WORD = \"c\"; }");
    assertThat(say("a/b/Plain.java")).isEqualTo("c");
  }

  @Test
  void aBrokenSiblingThatIsNotReachedDoesNoHarm() throws Exception {
    write("Plain.java", PLAIN);
    write("Broken.java", "class Broken {");
    write("module-info.java", "module m {}");
    assertThat(say("Plain.java")).isEqualTo("plain");
  }

  @Test
  void aPackageNamedInACommentIsNone() throws Exception {
    write("Plain.java", "/*\npackage a.b;\n*/\n" + "// package c;\n".repeat(9999) + PLAIN);
    assertThat(say("Plain.java")).isEqualTo("plain");
  }

  @Test
  void aPackageThatTheFolderDoesNotBearIsRefused() throws IOException {
    write("x/Plain.java", "package a.b;\n" + PLAIN);
    assertThatThrownBy(() -> load("x/Plain.java"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("a.b")
        .hasMessageContaining("a/b/Plain.java");
  }

  @Test
  void aMistakeIsShownWithFileLineColumnAndCaret() throws IOException {
    write("Plain.java", "@dev.colophon.flow.Flow\npublic class Plain {\n\tint x = wrong;\n}\n");
    assertThatThrownBy(() -> load("Plain.java"))
        .isInstanceOf(Invalid.class)
        .message()
        .contains("named/Plain.java:3:10 cannot find symbol")
        .endsWith("    \tint x = wrong;%n    \t        ^".formatted());
  }

  @Test
  void aMistakeInASiblingIsShownInTheSibling() throws IOException {
    write("a/Plain.java", "package a;\n" + PLAIN.replace("\"plain\"", "b.Other.WORD"));
    write("b/Other.java", "package b;\npublic class Other { public static String WORD = 1; }");
    assertThatThrownBy(() -> load("a/Plain.java")).hasMessageContaining("named/b/Other.java:2:");
  }

  @Test
  void everyMistakeIsShown() throws IOException {
    write("Plain.java", "@dev.colophon.flow.Flow\npublic class Plain { int x = y; int z = w; }");
    assertThatThrownBy(() -> load("Plain.java"))
        .hasMessageContaining("variable y")
        .hasMessageContaining("variable w");
  }

  @Test
  void aFileWithoutFlowIsRefused() throws IOException {
    write("Plain.java", "class Plain {}");
    assertThatThrownBy(() -> load("Plain.java"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("named/Plain.java")
        .hasMessageContaining("@Flow");
  }

  @Test
  void aFlowInASiblingIsNotTheFilesFlow() throws IOException {
    write("Plain.java", "class Plain { Other other; }");
    write("Other.java", PLAIN.replace("Plain", "Other"));
    assertThatThrownBy(() -> load("Plain.java")).hasMessageContaining("no class in it");
  }

  @Test
  void aFileWithTwoFlowsIsRefusedNamingBoth() throws IOException {
    write("Plain.java", PLAIN + "@dev.colophon.flow.Flow class Second {}");
    assertThatThrownBy(() -> load("Plain.java"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("Plain, Second");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> load("None.java"))
        .isInstanceOf(NotFound.class)
        .hasMessageContaining("named/None.java");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Files.write(work().resolve("Plain.java"), new byte[] {'/', '/', (byte) 0xff, '\n'});
    assertThatThrownBy(() -> load("Plain.java"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("UTF-8");
  }

  @Test
  void declaredLibrariesAreOnTheClassPath() throws Exception {
    library("g:l:1", "Lib", "public class Lib { public static String word() { return \"lib\"; } }");
    write(
        "Plain.java", "//DEPS g:l:1 // for its word\n" + PLAIN.replace("\"plain\"", "Lib.word()"));
    assertThat(say("Plain.java")).isEqualTo("lib");
  }

  @Test
  void librariesThatASiblingDeclaresAreOnTheClassPath() throws Exception {
    library("g:l:1", "Lib", "public class Lib { public static String word() { return \"lib\"; } }");
    write("Plain.java", PLAIN.replace("\"plain\"", "Other.word()"));
    write(
        "Other.java", "//DEPS g:l:1\nclass Other { static String word() { return Lib.word(); } }");
    assertThat(say("Plain.java")).isEqualTo("lib");
  }

  @Test
  void severalLibrariesMayStandOnALine() {
    assertThat(Directives.dependencies("//DEPS a:b:1 c:d:2, e:f:3:x@zip // why\n//DEPS g:h:4\n"))
        .isEqualTo(List.of("a:b:1", "c:d:2", "e:f:3:x@zip", "g:h:4"));
  }

  @Test
  void equalSourcesMakeEqualJars() throws IOException {
    write("x/Plain.java", PLAIN);
    write("y/Plain.java", PLAIN);
    Path first = load("x/Plain.java").classes();
    assertThat(load("y/Plain.java").classes()).isEqualTo(first);
  }
}
