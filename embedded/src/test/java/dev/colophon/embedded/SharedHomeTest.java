package dev.colophon.embedded;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that the members of a group use, each with a umask that lets the others write. */
class SharedHomeTest {
  @TempDir private Path folder;

  @Test
  void whatARunLeavesMayBeReadAndWrittenByTheGroupThatTheUmaskAllows() throws Exception {
    Path source = Files.createDirectory(folder.resolve("work")).resolve("Tiny.java");
    Files.writeString(
        source,
        """
        import dev.colophon.flow.Flow;
        import dev.colophon.flow.Step;

        @Flow
        public class Tiny {
          @Step int one() { return 1; }
        }
        """);
    List<String> withUmask = List.of("sh", "-c", "umask 007; exec \"$@\"", "sh");
    Process process = OtherProcess.start(withUmask, "run", folder.toString(), source.toString());
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEmpty();
    assertThat(process.waitFor()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      assertThat(files)
          .anyMatch(file -> file.endsWith("catalog.db"))
          .allSatisfy(
              file ->
                  assertThat(Files.getPosixFilePermissions(file))
                      .as("%s", file)
                      .contains(GROUP_READ, GROUP_WRITE));
    }
  }
}
