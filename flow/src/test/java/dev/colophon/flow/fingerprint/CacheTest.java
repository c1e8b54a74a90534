package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.flow.fingerprint.SampleSource.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered gives the same fingerprints as what is found anew, whatever happened. */
class CacheTest {
  private static final Instant LATER = Instant.parse("2999-01-01T00:00:00Z");

  @TempDir Path folder;
  private Path cache = Path.of("");
  private Project project = new Project(Path.of(""));

  @BeforeEach
  void compile() throws IOException {
    cache = folder.resolve("cache");
    project = new Project(folder.resolve("sample"));
    SampleSource.files(Style.PLAIN).forEach(project::with);
    project.compile();
  }

  private Map<Name, Digest> digests(Path in, Instant now) throws IOException {
    Map<Name, Digest> digests = new TreeMap<>();
    project
        .prints(project.load("Sample"), in, now)
        .forEach((step, print) -> digests.put(step, print.digest()));
    return digests;
  }

  @Test
  void nothingChanged() throws IOException {
    var first = digests(cache, LATER);
    assertThat(digests(cache, LATER)).isEqualTo(first);
  }

  @Test
  void aRememberedFingerprintHasAllItsParts() throws IOException {
    var type = project.load("Sample");
    var first = texts(project.prints(type, cache, LATER));
    assertThat(texts(project.prints(type, cache, LATER))).isEqualTo(first);
  }

  private static Map<Name, String> texts(Map<Name, StepPrint> prints) {
    Map<Name, String> texts = new TreeMap<>();
    prints.forEach(
        (step, print) ->
            texts.put(step, new String(print.fingerprint().text(), StandardCharsets.UTF_8)));
    return texts;
  }

  @Test
  void aRememberedFingerprintWhosePartsAreLostIsFoundAgain() throws IOException {
    var type = project.load("Sample");
    project.prints(type, cache, LATER);
    var again = project.prints(type, cache, LATER);
    try (Stream<Path> files = Files.walk(cache)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".parts")).toList()) {
        Files.delete(file);
      }
    }
    again.forEach(
        (step, print) -> assertThat(print.fingerprint().digest()).isEqualTo(print.digest()));
  }

  @Test
  void oneClassWasCompiledAgain() throws IOException {
    digests(cache, LATER);
    project.with(
        "Helpers.java",
        SampleSource.files(Style.PLAIN)
            .getOrDefault("Helpers.java", "")
            .replace("return x / 2;", "return x / 3;"));
    project.compile();
    assertThat(digests(cache, LATER)).isEqualTo(digests(folder.resolve("fresh"), LATER));
  }

  @Test
  void editsAreMendedToWhatWouldBeFoundAnew() throws IOException {
    digests(cache, LATER);
    List<Path> classes;
    try (Stream<Path> files = Files.list(project.classes())) {
      classes = files.sorted().toList();
    }
    var random = new Random(7);
    for (int i = 0; i < 60; i++) {
      var file = classes.get(random.nextInt(classes.size()));
      var mutants = Mutator.of(Files.readAllBytes(file));
      if (!mutants.isEmpty()) { // each on top of those before
        Files.write(file, mutants.get(random.nextInt(mutants.size())).classFile());
      }
      var now = i % 3 == 0 ? Instant.EPOCH : LATER;
      assertThat(digests(cache, now))
          .as("%s, edit %d", file.getFileName(), i)
          .isEqualTo(digests(folder.resolve("fresh" + i), LATER));
    }
  }

  @Test
  void aClassFileOfEqualSizeAndTimeIsStillAnother() throws IOException {
    var file = project.classes().resolve("Numbers.class");
    var time = Files.getLastModifiedTime(file);
    var before = digests(cache, Instant.EPOCH);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == 0x10 && bytes[i + 1] == 40) { // bipush 40
        bytes[i + 1] = 41;
      }
    }
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, FileTime.from(time.toInstant()));
    assertThat(digests(cache, Instant.EPOCH)).isNotEqualTo(before);
  }

  @Test
  void damagedCachesAreMadeAnew() throws IOException {
    var first = digests(cache, LATER);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(cache)) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 0x55;
      Files.write(file, bytes);
    }
    assertThat(digests(cache, LATER)).isEqualTo(first);
  }

  @Test
  void aCacheThatCantBeWrittenChangesNothing() throws IOException {
    var blocked = Files.writeString(folder.resolve("file"), "in the way").resolve("cache");
    assertThat(digests(blocked, LATER)).isEqualTo(digests(cache, LATER));
  }
}
