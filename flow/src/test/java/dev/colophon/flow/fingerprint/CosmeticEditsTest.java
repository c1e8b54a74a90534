package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.flow.fingerprint.SampleSource.Style;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an author may do to sources, and to the compiler, without any step being run again. */
class CosmeticEditsTest {
  @TempDir Path folder;

  static Stream<Style> styles() {
    return Stream.of(
        new Style(1, false, false, true, false),
        new Style(2, false, true, false, false),
        new Style(3, true, false, false, false),
        new Style(4, true, true, true, false),
        new Style(5, false, false, false, true),
        new Style(6, true, true, true, true),
        new Style(7, true, true, false, true),
        new Style(8, true, false, true, true));
  }

  @ParameterizedTest
  @MethodSource("styles")
  void commentsSpacesNamesOfLocalsOrderAndUnrelatedMembersChangeNothing(Style style)
      throws IOException {
    assertThat(texts("edited", style, "-g")).isEqualTo(texts("plain", Style.PLAIN, "-g"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-g:none", "-g:lines", "-g:source,lines,vars"})
  void debuggingInformationChangesNothing(String option) throws IOException {
    assertThat(texts("edited", Style.PLAIN, option)).isEqualTo(texts("plain", Style.PLAIN, "-g"));
  }

  @Test
  void allOfItAtOnceChangesNothing() throws IOException {
    var style = new Style(9, true, true, true, true);
    assertThat(texts("edited", style, "-g:none")).isEqualTo(texts("plain", Style.PLAIN, "-g"));
  }

  private Map<Name, List<String>> texts(String place, Style style, String option)
      throws IOException {
    var project = new Project(folder.resolve(place)).option(option);
    SampleSource.files(style).forEach(project::with);
    Map<Name, List<String>> texts = new TreeMap<>();
    project
        .compile()
        .prints("Sample")
        .forEach(
            (step, print) ->
                texts.put(
                    step,
                    print.fingerprint().parts().stream().map(Fingerprint.Part::line).toList()));
    return texts;
  }
}
