package dev.colophon.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which JDK {@code bin/colophon} takes, and what it tells it; the JDKs are scripts that print what
 * they were told.
 */
class JdkChoiceIT {
  private static final Path LAUNCHER =
      Path.of("target", "colophon-0.1.0", "bin", "colophon").toAbsolutePath();

  @TempDir Path folder;
  private Shell shell;

  @BeforeEach
  void onlyTheFakesAreFound() {
    shell =
        Shell.in(folder)
            .with("COLOPHON_JDK_FOLDERS", folder.resolve("jdks"))
            .with("PATH", "/usr/bin:/bin")
            .with("COLOPHON_AOT", "off");
  }

  @Test
  void theNewestWins() throws Exception {
    jdk("a", "21.0.9");
    jdk("b", "25.0.10");
    jdk("c", "25.0.9");
    assertThat(shell.run(LAUNCHER).lines()).first().isEqualTo("25.0.10");
  }

  @ParameterizedTest
  @CsvSource({
    "21.0.9, 21.0.10",
    "25, 25.0.1",
    "25.0.3, 26",
    "9.0.4, 21",
    "1.8.0_392, 21",
    "25.0.3, 26-ea",
    "25.0.3, 25.0.3.1",
  })
  void versionsAreOrderedAsNumbers(String older, String newer) throws Exception {
    jdk("a", newer);
    jdk("b", older);
    var either = shell.run(LAUNCHER).lines().getFirst();
    assertThat(either).isEqualTo(newer);
  }

  @Test
  void aJdkGoesBeforeANewerRuntimeWithoutACompiler() throws Exception {
    jdk("a", "21.0.9");
    var runtime = jdk("b", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(shell.run(LAUNCHER).lines()).first().isEqualTo("21.0.9");
  }

  @Test
  void aRuntimeWithoutACompilerIsBetterThanNothing() throws Exception {
    Files.delete(jdk("a", "25.0.3").resolve("bin/javac"));
    assertThat(shell.run(LAUNCHER).lines()).first().isEqualTo("25.0.3");
  }

  @Test
  void colophonJavaHomeWinsOverANewerOne() throws Exception {
    jdk("a", "27");
    var asked = jdk("b", "21.0.9");
    assertThat(shell.with("COLOPHON_JAVA_HOME", asked).run(LAUNCHER).lines())
        .first()
        .isEqualTo("21.0.9");
  }

  @Test
  void aColophonJavaHomeThatIsTooOldIsRefusedThoughOthersWouldDo() throws Exception {
    jdk("a", "27");
    var asked = jdk("b", "17.0.15");
    var ended = shell.with("COLOPHON_JAVA_HOME", asked).run(LAUNCHER);
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .isEqualTo(
            "colophon: COLOPHON_JAVA_HOME is %1$s: found 17.0.15 in %1$s, expected a JDK 21 or newer.\n"
                .formatted(asked));
  }

  @Test
  void aColophonJavaHomeThatIsNoHomeIsRefused() throws Exception {
    jdk("a", "27");
    var ended = shell.with("COLOPHON_JAVA_HOME", folder.resolve("gone")).run(LAUNCHER);
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err()).contains("gone: found no bin/java there, expected a JDK 21 or newer");
  }

  @Test
  void javaHomeIsOneOfTheCandidates() throws Exception {
    jdk("a", "21.0.9");
    var other = jdk("../elsewhere", "25.0.3");
    assertThat(shell.with("JAVA_HOME", other).run(LAUNCHER).lines()).first().isEqualTo("25.0.3");
  }

  @Test
  void anOlderJavaHomeDoesNotKeepANewerJdkFromBeingUsed() throws Exception {
    jdk("a", "25.0.3");
    var other = jdk("../elsewhere", "17.0.15");
    assertThat(shell.with("JAVA_HOME", other).run(LAUNCHER).lines()).first().isEqualTo("25.0.3");
  }

  @Test
  void theJavaInPathIsFollowedThroughItsLinksToItsHome() throws Exception {
    jdk("a", "21.0.9");
    var other = jdk("../elsewhere", "25.0.3");
    var bin = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(folder.resolve("link"), other.resolve("bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), Path.of("../link"));
    assertThat(shell.with("PATH", bin + ":/usr/bin:/bin").run(LAUNCHER).lines())
        .first()
        .isEqualTo("25.0.3");
  }

  @Test
  void aHomeWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
    jdk("a", "21.0.9");
    Files.delete(jdk("b", "25.0.3").resolve("release"));
    assertThat(shell.run(LAUNCHER).lines()).first().isEqualTo("25.0.3");
  }

  @Test
  void withoutAJdkOneSentenceSaysWhatIsMissingAndWhatWasFound() throws Exception {
    jdk("a", "17.0.15");
    jdk("b", "1.8.0_392");
    var ended = shell.with("PATH", noJava()).run(LAUNCHER, "runs", "--json");
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err().lines()).hasSize(1);
    assertThat(ended.err())
        .startsWith("colophon: Colophon needs a JDK 21 or newer and found 17.0.15 in " + folder)
        .contains(", 1.8.0_392 in " + folder)
        .contains("it looked in JAVA_HOME (not set), PATH, " + folder.resolve("jdks"))
        .endsWith("install one, or set COLOPHON_JAVA_HOME to its folder.\n");
  }

  @Test
  void withNothingAtAllItSaysNone() throws Exception {
    var ended = shell.with("PATH", noJava()).run(LAUNCHER);
    assertThat(ended.err()).contains("needs a JDK 21 or newer and found none;");
  }

  @Test
  void argumentsArriveAsTheyWere() throws Exception {
    jdk("a", "25.0.3");
    var ended = shell.run(LAUNCHER, "run", "a b", "*", "", "$HOME", "--x=\"y\"", "é");
    assertThat(ended.lines())
        .containsSubsequence(
            "dev.colophon.cli.Main", "run", "a b", "*", "", "$HOME", "--x=\"y\"", "é");
  }

  @Test
  void furtherFlagsAreSplitAtBlanksAndComeAfterOurs() throws Exception {
    jdk("a", "25.0.3");
    var ended =
        shell
            .with("COLOPHON_JAVA_OPTS", "-Xmx8g  -XX:-TieredCompilation -Dx=*")
            .run(LAUNCHER, "runs");
    assertThat(ended.lines())
        .containsSubsequence(
            "-XX:TieredStopAtLevel=1", "-Xmx8g", "-XX:-TieredCompilation", "-Dx=*");
  }

  @ParameterizedTest
  @CsvSource({
    "COLOPHON_JAVA_OPTS, runs",
    "COLOPHON_JAVA_OPTS, run",
    "JDK_JAVA_OPTIONS, run",
    "JAVA_TOOL_OPTIONS, demo"
  })
  void thePersonsCollectorIsTheOnlyOne(String variable, String command) throws Exception {
    jdk("a", "25.0.3");
    var ended = shell.with(variable, "-Xmx8g -XX:+UseZGC").run(LAUNCHER, command);
    assertThat(ended.lines()).doesNotContain("-XX:+UseSerialGC", "-XX:+UseParallelGC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "runs", "trace", "show", "models", "model", "impact"})
  void aCommandThatOnlyReadsGetsTheCheapCompiler(String command) throws Exception {
    jdk("a", "25.0.3");
    assertThat(shell.run(LAUNCHER, "--json", command).lines()).contains("-XX:TieredStopAtLevel=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "demo", "serve", "reproduce"})
  void aCommandThatTrainsOrServesGetsTheWholeCompilerAndTheJvmsOwnHeap(String command)
      throws Exception {
    jdk("a", "25.0.3");
    assertThat(shell.run(LAUNCHER, command, "runs").lines())
        .noneMatch(flag -> flag.contains("Tiered") || flag.contains("SerialGC"))
        .noneMatch(flag -> flag.startsWith("-Xm") || flag.contains("Heap") || flag.contains("RAM"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "demo", "reproduce"})
  void aCommandThatTrainsGetsTheCollectorForThroughput(String command) throws Exception {
    jdk("a", "25.0.3");
    assertThat(shell.run(LAUNCHER, command).lines()).contains("-XX:+UseParallelGC");
  }

  @Test
  void flagsThatOnlyANewerJdkKnowsAreNotGivenToAnOlderOne() throws Exception {
    jdk("a", "21.0.9");
    assertThat(shell.with("COLOPHON_AOT", "now").run(LAUNCHER, "run").lines())
        .noneMatch(flag -> flag.contains("AOT") || flag.contains("aot"));
  }

  @Test
  void nativeLibrariesAreThoseThatTheBuildUnpacked() throws Exception {
    jdk("a", "25.0.3");
    var told = shell.run(LAUNCHER, "run").lines();
    for (var name : new String[] {"org.sqlite.lib.path", "ZstdNativePath"}) {
      assertThat(told)
          .filteredOn(flag -> flag.startsWith("-D" + name + "="))
          .singleElement()
          .satisfies(flag -> assertThat(Path.of(flag.substring(flag.indexOf('=') + 1))).exists());
    }
  }

  @Test
  void onAPlatformWithoutUnpackedLibrariesTheyUnpackTheirOwn() throws Exception {
    Files.writeString(
        jdk("a", "25.0.3").resolve("release"),
        "JAVA_VERSION=\"25.0.3\"\nOS_ARCH=\"riscv64\"\nOS_NAME=\"Linux\"\n");
    assertThat(shell.run(LAUNCHER, "run").lines())
        .noneMatch(flag -> flag.contains("sqlite.lib") || flag.contains("ZstdNative"));
  }

  @Test
  void itIsFoundThroughLinksAndFromAnyFolder() throws Exception {
    jdk("a", "25.0.3");
    var bin = Files.createDirectories(folder.resolve("my bin"));
    Files.createSymbolicLink(bin.resolve("first"), LAUNCHER);
    Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
    var classPath = shell.run(LAUNCHER, "run").lines();
    assertThat(shell.at(bin).run("./second", "run").lines()).isEqualTo(classPath);
    assertThat(
            shell.with("PATH", bin + ":/usr/bin:/bin").run("/usr/bin/env", "second", "run").lines())
        .isEqualTo(classPath);
    Files.delete(bin.resolve("first")); // or JUnit warns that it leads out of its folder
  }

  @Test
  void aCommandIsToldHowLargeTheTerminalIs() throws Exception {
    assumeThat(Path.of("/usr/bin/script")).as("something that makes a terminal").exists();
    var home = jdk("a", "25.0.3");
    program(home.resolve("bin/java"), "echo \"$COLUMNS by $LINES\"\n");
    var sized = "stty cols 61 rows 20; '%s' runs".formatted(LAUNCHER);
    assertThat(shell.run("/usr/bin/script", "-qec", sized, "/dev/null").out()).contains("61 by 20");
  }

  @Test
  void inAPipeThereIsNoWidth() throws Exception {
    var home = jdk("a", "25.0.3");
    program(home.resolve("bin/java"), "echo \"<$COLUMNS>\"\n");
    assertThat(shell.run(LAUNCHER, "runs").lines()).containsExactly("<>");
  }

  /** A home whose java prints its version, then each argument on a line. */
  private Path jdk(String name, String version) throws IOException {
    var home = folder.resolve("jdks").resolve(name).normalize();
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Fake\"\nJAVA_VERSION=\"%s\"\nLIBC=\"gnu\"\nOS_ARCH=\"x86_64\"\nOS_NAME=\"Linux\"\n"
            .formatted(version));
    program(
        home.resolve("bin/java"),
        """
        [ "$1" = -version ] && { echo 'openjdk version "%1$s" 2026-01-01' >&2; exit; }
        echo '%1$s'
        printf '%%s\\n' "$@"
        """
            .formatted(version));
    program(home.resolve("bin/javac"), "exit 1\n");
    return home;
  }

  /** A PATH with the programs that the launcher may start, and no java. */
  private String noJava() throws IOException {
    var bin = Files.createDirectories(folder.resolve("tools"));
    for (var tool : new String[] {"sh", "stat", "readlink", "sha256sum"}) {
      program(bin.resolve(tool), "exec /usr/bin/" + tool + " \"$@\"\n");
    }
    return bin.toString();
  }

  private static void program(Path file, String body) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
