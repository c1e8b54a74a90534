package dev.colophon.core.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.IndexPath;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.TaskId;
import dev.colophon.core.code.Fingerprint;
import dev.colophon.core.code.Fingerprint.Part;
import dev.colophon.core.json.Json;
import dev.colophon.core.lineage.Cause.Kind;
import dev.colophon.core.run.Input;
import dev.colophon.core.run.TaskKey;
import dev.colophon.core.run.TaskKey.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final String DIGEST_A = Digest.of("a").hex();
  private static final String DIGEST_B = Digest.of("b").hex();

  /** A task that depends on what is set. */
  private static final class Depends {
    private final List<Part> parts = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final SortedMap<String, Given> given = new TreeMap<>();
    private final SortedMap<String, Json> parameters = new TreeMap<>();
    private final SortedMap<String, Digest> elements = new TreeMap<>();
    private Optional<Long> seed = Optional.empty();
    private Optional<Instant> asOf = Optional.empty();
    private long runSeed;
    private int jdk = 25;

    Depends code(Fingerprint.Kind kind, String name, String content) {
      parts.add(new Part(kind, name, Digest.of(content)));
      return this;
    }

    Depends input(String argument, String producer, String content) {
      inputs.add(new Input(argument, Digest.of(content), new Input.FromTask(task(producer))));
      given.put(argument, new Given(Digest.of(content), Optional.empty(), Optional.empty()));
      return this;
    }

    Depends joined(String argument, String... contents) {
      for (String content : contents) {
        inputs.add(new Input(argument, Digest.of(content), new Input.FromTask(task("F/1/part"))));
      }
      Digest all = Digest.of(String.join(",", contents));
      given.put(argument, new Given(all, Optional.empty(), Optional.of((long) contents.length)));
      return this;
    }

    Depends file(String argument, String dataset, String fileName, String content) {
      inputs.add(new Input(argument, Digest.of(content), new Input.FromDataset(dataset)));
      given.put(argument, new Given(Digest.of(content), Optional.of(fileName), Optional.empty()));
      return this;
    }

    Depends parameter(String name, long value) {
      parameters.put(name, Json.of(value));
      return this;
    }

    Depends element(String argument, String content) {
      elements.put(argument, Digest.of(content));
      return this;
    }

    Depends seed(long ofRun) {
      runSeed = ofRun;
      seed = Optional.of(ofRun * 31);
      return this;
    }

    Depends asOf(String moment) {
      asOf = Optional.of(Instant.parse(moment));
      return this;
    }

    Depends java(int version) {
      jdk = version;
      return this;
    }

    Basis basis() {
      Fingerprint fingerprint = new Fingerprint(parts);
      return new Basis(
          new TaskKey(fingerprint.digest(), jdk, given, parameters, elements, seed, asOf),
          runSeed,
          () -> fingerprint,
          () -> inputs);
    }

    private static TaskId task(String text) {
      String[] parts = text.split("/", -1);
      return RunId.parse(parts[0] + "/" + parts[1]).step(Name.of(parts[2])).task(IndexPath.NONE);
    }
  }

  private static List<Cause> causes(Depends earlier, Depends now) {
    return Comparison.causes(earlier.basis(), now.basis());
  }

  private static Cause cause(Kind kind, String name, String from, String to) {
    return new Cause(kind, name, Optional.of(from), Optional.of(to));
  }

  @Test
  void equalTasksHaveNoCause() {
    assertThat(
            causes(new Depends().input("x", "F/1/a", "a"), new Depends().input("x", "F/2/b", "a")))
        .isEmpty();
  }

  @Test
  void anEditedMethodIsNamed() {
    assertThat(
            causes(
                new Depends().code(Fingerprint.Kind.METHOD, "Flow.scale(int)", "a"),
                new Depends().code(Fingerprint.Kind.METHOD, "Flow.scale(int)", "b")))
        .containsExactly(cause(Kind.CODE, "Flow.scale(int)", DIGEST_A, DIGEST_B));
  }

  @Test
  void aMethodThatIsNewlyReachedComesFromNothing() {
    assertThat(causes(new Depends(), new Depends().code(Fingerprint.Kind.METHOD, "Flow.f()", "b")))
        .containsExactly(new Cause(Kind.CODE, "Flow.f()", Optional.empty(), Optional.of(DIGEST_B)));
  }

  @Test
  void whatIsNoMethodSaysWhatItIs() {
    assertThat(
            causes(
                new Depends().code(Fingerprint.Kind.INITIALISER, "Rates", "a"),
                new Depends().code(Fingerprint.Kind.INITIALISER, "Rates", "b")))
        .containsExactly(cause(Kind.CODE, "initialiser of Rates", DIGEST_A, DIGEST_B));
  }

  @Test
  void aLibraryIsNamedByItsJar() {
    assertThat(
            causes(
                new Depends().code(Fingerprint.Kind.LIBRARY, "math-1.jar", "a"),
                new Depends().code(Fingerprint.Kind.LIBRARY, "math-1.jar", "b")))
        .containsExactly(cause(Kind.LIBRARY, "math-1.jar", DIGEST_A, DIGEST_B));
  }

  @Test
  void whereReachIsUndecidedThePolicySaysWho() {
    String who = "Flow.load() calls ServiceLoader.load";
    assertThat(
            causes(
                new Depends()
                    .code(Fingerprint.Kind.UNDECIDED, who, "")
                    .code(Fingerprint.Kind.METHOD, "Other.g()", "a"),
                new Depends()
                    .code(Fingerprint.Kind.UNDECIDED, who, "")
                    .code(Fingerprint.Kind.METHOD, "Other.g()", "b")))
        .containsExactly(
            cause(Kind.CODE, "Other.g()", DIGEST_A, DIGEST_B),
            Cause.of(Kind.POLICY, "all code counts: " + who));
  }

  @Test
  void anInputIsNamedByItsArgumentWithBothProducers() {
    assertThat(
            causes(
                new Depends().input("rows", "F/1/load", "a"),
                new Depends().input("rows", "F/2/load", "b")))
        .containsExactly(cause(Kind.INPUT, "rows", "F/1/load " + DIGEST_A, "F/2/load " + DIGEST_B));
  }

  @Test
  void aDatasetIsNamedAsTheAuthorWroteIt() {
    assertThat(
            causes(
                new Depends().file("csv", "data/rows.csv", "rows.csv", "a"),
                new Depends().file("csv", "data/rows.csv", "rows.csv", "b")))
        .containsExactly(
            cause(Kind.INPUT, "csv", "data/rows.csv " + DIGEST_A, "data/rows.csv " + DIGEST_B));
  }

  @Test
  void anotherFileNameOfEqualContentIsACause() {
    assertThat(
            causes(
                new Depends().file("csv", "*.csv", "x.csv", "a"),
                new Depends().file("csv", "*.csv", "y.csv", "a")))
        .containsExactly(
            cause(
                Kind.INPUT,
                "csv",
                "*.csv " + DIGEST_A + " as x.csv",
                "*.csv " + DIGEST_A + " as y.csv"));
  }

  @Test
  void ofAJoinOnlyTheArtifactsThatDifferAreNamed() {
    assertThat(
            causes(
                new Depends().joined("part", "x", "a", "y"),
                new Depends().joined("part", "x", "b", "y")))
        .containsExactly(cause(Kind.INPUT, "part", "F/1/part " + DIGEST_A, "F/1/part " + DIGEST_B));
  }

  @Test
  void aJoinOfMoreArtifactsTellsHowMany() {
    assertThat(
            causes(
                new Depends().joined("part", "a", "b"),
                new Depends().joined("part", "a", "b", "c")))
        .containsExactly(cause(Kind.INPUT, "part", "2 artifacts", "3 artifacts"));
  }

  @Test
  void aParameterHasBothValues() {
    assertThat(causes(new Depends().parameter("months", 6), new Depends().parameter("months", 7)))
        .containsExactly(cause(Kind.PARAMETER, "months", "6", "7"));
  }

  @Test
  void theSeedIsThatOfTheRun() {
    assertThat(causes(new Depends().seed(1), new Depends().seed(2)))
        .containsExactly(cause(Kind.PARAMETER, "seed", "1", "2"));
  }

  @Test
  void theMomentOfTheRunIsACauseWhereItIsAskedFor() {
    assertThat(
            causes(
                new Depends().asOf("2026-01-01T00:00:00Z"),
                new Depends().asOf("2026-01-02T00:00:00Z")))
        .containsExactly(
            cause(Kind.PARAMETER, "asOf", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"));
  }

  @Test
  void anotherElementIsACause() {
    assertThat(causes(new Depends().element("fold", "a"), new Depends().element("fold", "b")))
        .containsExactly(cause(Kind.ELEMENT, "fold", DIGEST_A, DIGEST_B));
  }

  @Test
  void anotherJavaIsACause() {
    assertThat(causes(new Depends().java(24), new Depends().java(25)))
        .containsExactly(cause(Kind.JDK, "java", "24", "25"));
  }
}
