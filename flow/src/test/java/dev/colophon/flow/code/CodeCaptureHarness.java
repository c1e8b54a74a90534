package dev.colophon.flow.code;

import dev.colophon.core.Digest;
import dev.colophon.core.code.CodeVersion.GitState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** A folder, a home and a store, and captures as if an hour had passed since the last change. */
abstract class CodeCaptureHarness {
  @TempDir Path temporary;
  final CountingStore store = new CountingStore();
  private final Map<String, String> environment = new HashMap<>(Repository.ENVIRONMENT);
  private CaptureBounds bounds = CaptureBounds.USUAL;
  private SecretFiles secrets = SecretFiles.USUAL;
  private String program = "git";
  private InstantSource clock = () -> Instant.now().plus(Duration.ofHours(1));

  Path work() throws IOException {
    return Files.createDirectories(temporary.resolve("work")).toRealPath();
  }

  Repository repository() throws IOException {
    return Repository.in(work());
  }

  void bounds(CaptureBounds changed) {
    bounds = changed;
  }

  void secrets(SecretFiles changed) {
    secrets = changed;
  }

  void program(String changed) {
    program = changed;
  }

  void variable(String name, String value) {
    environment.put(name, value);
  }

  /** Later captures are made so much later. */
  void pass(Duration time) {
    InstantSource former = clock;
    clock = () -> former.instant().plus(time);
  }

  void rightAfterEachChange() {
    clock = InstantSource.system();
  }

  CapturedCode capture(Path start) throws IOException {
    return capture(start, temporary.resolve("home"), List.of());
  }

  CapturedCode capture(Path start, Path home, Collection<SourceFile> sources) {
    return new CodeCapture(
            store,
            home,
            temporary.resolve("cache"),
            new GitProgram(program, environment),
            clock,
            bounds,
            secrets)
        .capture(start, () -> sources);
  }

  /** Kind and content of each captured file. */
  Map<String, String> files(Path start) throws IOException {
    return store.files(capture(start).snapshot());
  }

  GitState state(Path start) throws IOException {
    return capture(start).git().orElseThrow();
  }

  static SourceFile source(Path file) throws IOException {
    return new SourceFile(file, Digest.of(Files.readAllBytes(file)));
  }
}
