package dev.colophon.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When kept classes are used again, and when they must not be. */
class KeptClassesTest extends SourceHarness {
  private static final String FLOW =
      """
      import lib.*;
      @dev.colophon.flow.Flow
      public class Main { public static String say() { return Other.word() + " 1"; } }
      """;
  private static final String OTHER = "class Other { static String word() { return \"%s\"; } }";

  @BeforeEach
  void aFlowWithASibling() throws IOException {
    write("lib/Unused.java", "package lib; public class Unused {}");
    write("Main.java", FLOW);
    write("Other.java", OTHER.formatted("one"));
  }

  @Test
  void unchangedSourcesAreNotCompiledAgain() throws Exception {
    say("Main.java");
    assertThat(say("Main.java")).isEqualTo("one 1");
    assertThat(compilations()).isEqualTo(1);
  }

  @Test
  void sourcesThatWereOnlyTouchedAreNotCompiledAgain() throws Exception {
    say("Main.java");
    Files.setLastModifiedTime(work().resolve("Other.java"), FileTime.from(Instant.EPOCH));
    say("Main.java");
    assertThat(compilations()).isEqualTo(1);
  }

  @Test
  void anEditedFileIsCompiledAgain() throws Exception {
    say("Main.java");
    write("Main.java", FLOW.replace(" 1", " 2"));
    assertThat(say("Main.java")).isEqualTo("one 2");
  }

  @Test
  void anEditedSiblingIsCompiledAgainEvenIfSizeAndTimeAreKept() throws Exception {
    FileTime time = Files.getLastModifiedTime(work().resolve("Other.java"));
    say("Main.java");
    write("Other.java", OTHER.formatted("two"));
    Files.setLastModifiedTime(work().resolve("Other.java"), time);
    assertThat(say("Main.java")).isEqualTo("two 1");
  }

  @Test
  void goingBackToAnEarlierTextNeedsNoCompiler() throws Exception {
    say("Main.java");
    write("Main.java", FLOW.replace(" 1", " 2"));
    say("Main.java");
    write("Main.java", FLOW);
    assertThat(say("Main.java")).isEqualTo("one 1");
    assertThat(compilations()).isEqualTo(2);
  }

  @Test
  void aRemovedSiblingIsMissed() throws Exception {
    say("Main.java");
    Files.delete(work().resolve("Other.java"));
    assertThatThrownBy(() -> say("Main.java"))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("Other");
  }

  @Test
  void aSiblingThatWasEmptiedIsMissed() throws Exception {
    say("Main.java");
    write("Other.java", "");
    assertThatThrownBy(() -> say("Main.java")).isInstanceOf(Invalid.class);
  }

  @Test
  void aRenamedClassIsMissedUnderItsOldName() throws Exception {
    say("Main.java");
    Files.move(work().resolve("Other.java"), work().resolve("Another.java"));
    write("Another.java", OTHER.formatted("one").replace("Other", "Another"));
    assertThatThrownBy(() -> say("Main.java")).hasMessageContaining("Other");
  }

  @Test
  void aNewSiblingThatComesBeforeALibrarysClassIsUsed() throws Exception {
    library("g:l:1", "Lib", "public class Lib { public static String word() { return \"lib\"; } }");
    write("Main.java", "//DEPS g:l:1\n" + FLOW.replace("Other.word()", "Lib.word()"));
    assertThat(say("Main.java")).isEqualTo("lib 1");
    write("Lib.java", OTHER.formatted("own").replace("Other", "Lib"));
    assertThat(say("Main.java")).isEqualTo("own 1");
  }

  @Test
  void aFirstSourceInAFolderThatWasNotThereIsNoticed() throws Exception {
    say("Main.java");
    write("dev/colophon/flow/Flow.java", "package dev.colophon.flow; public class Flow {}");
    assertThatThrownBy(() -> say("Main.java")).isInstanceOf(Invalid.class);
  }

  @Test
  void aChangedLibraryIsCompiledAgainst() throws Exception {
    library("g:l:1", "Lib", "public class Lib { public static final String WORD = \"one\"; }");
    write("Main.java", "//DEPS g:l:1\n" + FLOW.replace("Other.word()", "Lib.WORD"));
    say("Main.java");
    library("g:l:1", "Lib", "public class Lib { public static final String WORD = \"two\"; }");
    assertThat(say("Main.java")).isEqualTo("two 1");
  }

  @Test
  void anotherVersionOfColophonCompilesAnew() throws Exception {
    load("Main.java", "1");
    load("Main.java", "2");
    assertThat(compilations()).isEqualTo(2);
  }

  @Test
  void aDamagedJarIsMadeAgain() throws Exception {
    say("Main.java");
    Path jar = jars().getFirst();
    Files.write(jar, new byte[] {1, 2, 3});
    assertThat(say("Main.java")).isEqualTo("one 1");
  }

  @Test
  void aDeletedJarIsMadeAgain() throws Exception {
    say("Main.java");
    Files.delete(jars().getFirst());
    assertThat(say("Main.java")).isEqualTo("one 1");
  }

  @Test
  void anUnrelatedSiblingThatIsEditedChangesNothing() throws Exception {
    write("Unrelated.java", "class Unrelated {}");
    say("Main.java");
    write("Unrelated.java", "class Unrelated { int x; }");
    say("Main.java");
    assertThat(compilations()).isEqualTo(1);
  }
}
