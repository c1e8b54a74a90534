package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.fingerprint.SampleSource.Style;
import dev.colophon.flow.reflect.ReflectedFlow;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * No change of byte code that changes what a step leaves behind leaves its fingerprint as it was.
 */
class MutationTest {
  private static final Map<String, Object> PARAMETERS =
      Map.of("months", 6, "title", "flights", "bar", 0.6);

  @TempDir Path folder;
  private final StepRunner runner = new StepRunner();
  private final List<String> wrong = new ArrayList<>();
  private int mutants;
  private int changedOutputs;
  private int changedPrints;

  @Test
  void noMutantThatChangesAnOutputIsEverReused(TestReporter reporter) throws IOException {
    var project = new Project(folder).option("-g");
    SampleSource.files(Style.PLAIN).forEach(project::with);
    project.compile();
    Map<String, byte[]> classes = classFiles(project.classes());
    Map<String, Stored> stored = new HashMap<>();
    var outputs = runner.run(classes, "Sample", stored, PARAMETERS);
    assertThat(outputs.values()).noneMatch(output -> output.startsWith("threw"));
    var prints = digests(project.classes(), project.classes());

    for (var each : classes.entrySet()) {
      for (Mutator.Mutant mutant : Mutator.of(each.getValue())) {
        Map<String, byte[]> mutated = new HashMap<>(classes);
        mutated.put(each.getKey(), mutant.classFile());
        var place = Files.createDirectories(folder.resolve("mutants/" + mutants++));
        Files.write(place.resolve(each.getKey() + ".class"), mutant.classFile());
        compare(
            mutant.what(),
            outputs,
            runner.run(mutated, "Sample", new HashMap<>(stored), PARAMETERS),
            prints,
            digests(place, project.classes()));
      }
    }

    reporter.publishEntry(
        "%d mutants: %d outputs changed, %d fingerprints"
            .formatted(mutants, changedOutputs, changedPrints));
    assertThat(wrong).isEmpty();
    assertThat(mutants).isGreaterThanOrEqualTo(500);
    assertThat(changedOutputs).isGreaterThanOrEqualTo(500);
  }

  private void compare(
      String what,
      Map<Name, String> outputs,
      Map<Name, String> outputsNow,
      Map<Name, Digest> prints,
      Map<Name, Digest> printsNow) {
    outputs.forEach(
        (step, output) -> {
          boolean changed = !output.equals(outputsNow.get(step));
          boolean told = !prints.getOrDefault(step, Digest.of("")).equals(printsNow.get(step));
          changedOutputs += changed ? 1 : 0;
          changedPrints += told ? 1 : 0;
          if (changed && !told) {
            wrong.add(step + " by " + what);
          }
        });
  }

  /** Of the steps of a flow whose classes are, in part, in another folder. */
  private Map<Name, Digest> digests(Path first, Path second) throws IOException {
    URL[] urls = {first.toUri().toURL(), second.toUri().toURL()};
    try (var loader = new URLClassLoader(urls, MutationTest.class.getClassLoader())) {
      var type = Class.forName("Sample", false, loader);
      var found =
          new Fingerprints(
                  List.of(first, second), List.of(), folder.resolve("cache"), () -> Instant.EPOCH)
              .of(ReflectedFlow.graph(type), type);
      Map<Name, Digest> digests = new TreeMap<>();
      found.forEach((step, print) -> digests.put(step, print.digest()));
      return digests;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, byte[]> classFiles(Path folder) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString().replace(".class", ""), Files.readAllBytes(file));
      }
    }
    return found;
  }
}
