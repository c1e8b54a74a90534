package dev.colophon.flow.processor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.flow.checks.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;

/** How the processor behaves beside the compiler and other processors. */
class FlowProcessorTest {
  private static final String MISSPELT =
      """
      import dev.colophon.flow.*;
      @Flow class Bad {
        @Step int train() { return 1; }
        @Step int test(int trian) { return 1; }
      }
      """;

  @Test
  void aProblemIsReportedWhereTheArgumentIsNamed() {
    var found = compile(MISSPELT).diagnostics().getFirst();
    assertThat(found.getLineNumber() + ":" + found.getColumnNumber()).isEqualTo("4:22");
  }

  @Test
  void theCompilerFindsItOnAProcessorPath() {
    var compiled =
        Compilation.of(
            "Bad.java",
            MISSPELT,
            Optional.empty(),
            List.of("-processorpath", Compilation.libraries()));
    assertThat(compiled.errors())
        .containsExactly("Bad.java:4 no step named \"trian\"; did you mean \"train\"?");
  }

  @Test
  void aFlowThatKeepsTheRulesCompilesWithoutAWarning() {
    var compiled =
        Compilation.of(
            "Bad.java",
            "import dev.colophon.flow.*; @Flow class Bad { @Step int train() { return 1; } }",
            Optional.of(new FlowProcessor()),
            List.of("-Xlint:all,-processing", "-Werror"));
    assertThat(compiled.diagnostics()).isEmpty();
  }

  @Test
  void aTypeThatDoesNotExistIsLeftToTheCompiler() {
    assertThat(
            compile(
                    """
                    import dev.colophon.flow.*;
                    @Flow class Bad {
                      @Step Missing train() { return null; }
                      @Step int test(int trian) { return 1; }
                    }
                    """)
                .errors())
        .singleElement()
        .asString()
        .startsWith("Bad.java:3 cannot find symbol");
  }

  @Test
  void anAnnotationWithoutItsValueIsLeftToTheCompiler() {
    assertThat(
            compile(
                    """
                    import dev.colophon.flow.*;
                    @Flow class Bad {
                      @Step int test(@Each int one) { return 1; }
                    }
                    """)
                .errors())
        .singleElement()
        .asString()
        .contains("missing a default value for the element 'value'");
  }

  @Test
  void aTypeThatAnotherProcessorMakesIsThereWhenTheFlowIsChecked() {
    var compiled =
        Compilation.of(
            "Bad.java",
            """
            import dev.colophon.flow.*;
            @Flow class Bad {
              @Step Made train() { return new Made(1); }
              @Step int test(Made train) { return 1; }
              @Step int wrong(String train) { return 1; }
            }
            """,
            List.of(new FlowProcessor(), new Maker()),
            List.of());
    assertThat(compiled.errors())
        .containsExactly(
            "Bad.java:5 argument \"train\" has type String, but step train returns Made; declare"
                + " Made train");
  }

  @Test
  void otherProcessorsSeeTheAnnotationsToo() {
    var other = new Maker();
    Compilation.of("Bad.java", MISSPELT, List.of(new FlowProcessor(), other), List.of());
    assertThat(other.made).isTrue();
  }

  private static Compilation compile(String source) {
    return Compilation.of("Bad.java", source, Optional.of(new FlowProcessor()), List.of());
  }

  /** Makes a record for whatever flow it sees. */
  private static final class Maker extends AbstractProcessor {
    private boolean made;

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("dev.colophon.flow.Flow");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!made && !annotations.isEmpty()) {
        made = true;
        try (var writer = processingEnv.getFiler().createSourceFile("Made").openWriter()) {
          writer.write("record Made(int rows) {}");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
