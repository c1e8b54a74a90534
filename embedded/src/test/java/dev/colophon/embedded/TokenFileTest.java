package dev.colophon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  @TempDir private Path folder;

  private TokenFile tokens(String home) {
    return TokenFile.of(Map.of(), folder, new Home(folder.resolve(home)));
  }

  private static Name project(int number) {
    return Name.of("project-" + number);
  }

  @Test
  void theTokenShownLastIsKept() {
    tokens("home").keep(project(1), "first");
    tokens("home").keep(project(1), "second");
    assertThat(tokens("home").find(project(1))).contains("second");
  }

  @Test
  void aProjectOfAnotherHomeHasATokenOfItsOwn() {
    tokens("home").keep(project(1), "first");
    assertThat(tokens("other").find(project(1))).isEmpty();
  }

  @Test
  void nobodyElseCanReadIt() throws IOException {
    tokens("home").keep(project(1), "first");
    Path file = tokens("home").file();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void noneIsLostThatManyKeepAtOnce() {
    CompletableFuture.allOf(
            IntStream.range(0, 32)
                .mapToObj(
                    i ->
                        CompletableFuture.runAsync(
                            () -> tokens("home").keep(project(i), "token " + i)))
                .toArray(CompletableFuture[]::new))
        .join();
    assertThat(IntStream.range(0, 32).mapToObj(i -> tokens("home").find(project(i)).orElse("")))
        .doesNotContain("");
  }
}
