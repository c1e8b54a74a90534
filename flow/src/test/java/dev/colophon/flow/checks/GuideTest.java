package dev.colophon.flow.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide's table of rules. */
class GuideTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\|[^|]*\\| `(.+)` \\|$");

  @Test
  void eachMessageInTheGuideIsToldOfALieAndEachLieIsInTheGuide() throws IOException {
    var guide = Files.readString(Path.of("..", "docs", "guide", "checks.md"));
    var listed = ROW.matcher(guide).results().map(row -> row.group(1)).collect(Collectors.toSet());
    assertThat(listed).containsExactlyInAnyOrderElementsOf(messages());
  }

  private static Set<String> messages() {
    return LiesTest.lies().stream()
        .flatMap(lie -> lie.expected().stream())
        .map(problem -> problem.replaceFirst("^Bad.java:\\d+ ", ""))
        .collect(Collectors.toSet());
  }
}
