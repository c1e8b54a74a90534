package dev.colophon.cli.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the guide says and compares what it shows, page by page. With {@code
 * -Dguide.write=true} the pages are given what was printed where it differs; look at the changes
 * before you keep them.
 */
class GuideTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GUIDE = ROOT.resolve("docs").resolve("guide");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

  private static final Pattern CLASS = Pattern.compile("\\b([A-Z][a-z]+){2,}\\b");

  @TempDir private Path temporary;

  @TestFactory
  Stream<DynamicTest> thePagePrintsWhatItShows() throws IOException {
    return pages(GUIDE)
        .filter(page -> !page.endsWith("checks.md"))
        .map(page -> DynamicTest.dynamicTest(page.getFileName().toString(), () -> follow(page)));
  }

  /** The first thing that a newcomer copies. */
  @Test
  void theReadmesFlowRuns() throws IOException, InterruptedException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    GuideFolder folder = new GuideFolder(temporary.resolve("readme"));
    folder.write(
        new GuidePage.Source(
            1, Path.of("Hello.java"), readme.substring(start, readme.indexOf("```", start))));
    folder.type("colophon run Hello.java");
    assertThat(folder.type("colophon get Hello/1/sum --to -")).containsExactly("55");
  }

  @TestFactory
  Stream<DynamicTest> everyLinkLeadsToAFile() throws IOException {
    return Stream.of(pages(ROOT), pages(ROOT.resolve("docs")), pages(GUIDE), formats())
        .flatMap(pages -> pages)
        .map(page -> DynamicTest.dynamicTest(ROOT.relativize(page).toString(), () -> links(page)));
  }

  @Test
  void theIndexOfFormatsListsThemAll() throws IOException {
    String index = Files.readString(ROOT.resolve("docs").resolve("formats.md"));
    assertThat(formats().map(page -> "(formats/" + page.getFileName() + ")"))
        .allSatisfy(link -> assertThat(index).contains(link));
  }

  @TestFactory
  Stream<DynamicTest> theIndexOfFormatsListsEachError() throws IOException {
    String index = Files.readString(ROOT.resolve("docs").resolve("formats.md"));
    return Stream.of(ErrorCode.values())
        .map(
            code ->
                DynamicTest.dynamicTest(
                    code.code(),
                    () ->
                        assertThat(index)
                            .contains(
                                "| `%s` | %d | %d |"
                                    .formatted(
                                        code.code(), code.httpStatus(), code.exitStatus()))));
  }

  @Test
  void theClassesThatTheArchitectureNamesExist() throws IOException {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(ROOT, 12)) {
      classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
    }
    String page = Files.readString(ROOT.resolve("docs").resolve("architecture.md"));
    assertThat(CLASS.matcher(page.replace("ArchUnit", "")).results().map(MatchResult::group))
        .allSatisfy(name -> assertThat(classes).contains(name));
  }

  private static Stream<Path> formats() throws IOException {
    return pages(ROOT.resolve("docs").resolve("formats"));
  }

  private static Stream<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
    }
  }

  private static void links(Path page) throws IOException {
    assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
        .allSatisfy(link -> assertThat(page.resolveSibling(link).normalize()).exists());
  }

  private void follow(Path path) throws IOException, InterruptedException {
    GuideFolder folder = new GuideFolder(temporary.resolve(path.getFileName()));
    List<String> differences = new ArrayList<>();
    List<String> lines = new ArrayList<>(Files.readAllLines(path));
    int moved = 0;
    for (GuidePage.Block block : GuidePage.read(path).blocks()) {
      switch (block) {
        case GuidePage.Source source -> folder.write(source);
        case GuidePage.Shown shown -> assertThat(shown.language()).isNotEqualTo("java");
        case GuidePage.Typed typed -> {
          if (typed.command().contains("numpy") && !numpy(folder)) {
            continue;
          }
          List<String> printed = folder.type(typed.command());
          if (!alike(typed, printed)) {
            differences.add(
                "%s:%d: $ %s\nshows:\n%s\nprinted:\n%s\n"
                    .formatted(
                        path.getFileName(),
                        typed.line(),
                        typed.command(),
                        String.join("\n", typed.printed()),
                        String.join("\n", printed)));
            int from = typed.line() + moved;
            lines.subList(from, from + typed.printed().size()).clear();
            lines.addAll(from, printed);
            moved += printed.size() - typed.printed().size();
          }
        }
      }
    }
    if (Boolean.getBoolean("guide.write")) {
      Files.write(path, lines);
    } else {
      assertThat(differences).isEmpty();
    }
  }

  private static boolean alike(GuidePage.Typed typed, List<String> printed) {
    return Printed.alike(typed.printed(), printed)
        || (typed.command().startsWith("colophon run ")
            && Printed.alikeInAnyOrder(typed.printed(), printed));
  }

  private static boolean numpy(GuideFolder folder) throws IOException, InterruptedException {
    String said = String.join("\n", folder.type("python3 -c 'import numpy; print(\"there\")'"));
    return said.equals("there");
  }
}
