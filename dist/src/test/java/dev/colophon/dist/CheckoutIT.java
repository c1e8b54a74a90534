package dev.colophon.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When the checkout's {@code ./colophon} builds; Maven is a script that notes each build and makes
 * a stamp as ours does.
 */
class CheckoutIT {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir Path folder;
  private Path root;
  private Path colophon;
  private Shell shell;

  @BeforeEach
  void aCheckoutThatWasNeverBuilt() throws Exception {
    root = Files.createDirectories(folder.resolve("check out"));
    colophon = root.resolve("colophon");
    Files.copy(PROJECT.resolve("colophon"), colophon, StandardCopyOption.COPY_ATTRIBUTES);
    var finder = "dist/src/main/launcher/lib/find-jdk.sh";
    write(finder, Files.readString(PROJECT.resolve(finder)));
    for (var file : new String[] {"pom.xml", "LICENSE", "NOTICE", "core/pom.xml", "dist/pom.xml"}) {
      write(file, "");
    }
    write("core/src/main/java/A.java", "a");
    write("core/src/main/java/B.java", "b");
    write("core/src/test/java/ATest.java", "a");
    write("examples/pom.xml", "");
    write("examples/src/main/java/E.java", "e");
    mavenThat(
        """
        touch "$root/started"
        sleep 0.2
        mkdir -p "$root/dist/target/made/bin"
        cat >"$root/dist/target/made/bin/colophon" <<'END'
        #!/bin/sh
        printf '%s\\n' ran "$@"
        END
        chmod +x "$root/dist/target/made/bin/colophon"
        echo "$root/dist/target/made" >"$root/dist/target/built"
        touch -r "$root/started" "$root/dist/target/built"
        """);
    shell = Shell.in(folder).with("COLOPHON_JAVA_HOME", System.getProperty("java.home"));
  }

  @Test
  void theFirstUseBuildsAndSaysSoOnStderrOnly() throws Exception {
    var ended = shell.run(colophon, "runs", "a b");
    assertThat(ended.lines()).containsExactly("ran", "runs", "a b");
    assertThat(ended.err()).isEqualTo("building Colophon (first use, about a minute) …\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void theSecondUseDoesNotBuild() throws Exception {
    shell.run(colophon);
    var ended = shell.run(colophon);
    assertThat(ended.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void anEditedSourceIsBuilt() throws Exception {
    shell.run(colophon);
    write("core/src/main/java/A.java", "aa");
    assertThat(shell.run(colophon).err()).isEqualTo("building Colophon (its sources changed) …\n");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aRemovedSourceIsBuilt() throws Exception {
    shell.run(colophon);
    Files.delete(root.resolve("core/src/main/java/B.java"));
    shell.run(colophon);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aSourceThatWasCopiedOverWithAnOldTimeIsBuilt() throws Exception {
    shell.run(colophon);
    var source = root.resolve("core/src/main/java/A.java");
    write("core/src/main/java/A.java", "z");
    Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
    shell.run(colophon);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aChangedPomIsBuilt() throws Exception {
    shell.run(colophon);
    write("core/pom.xml", "<project/>");
    shell.run(colophon);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aTestOrAnExampleIsNoPartOfTheDistribution() throws Exception {
    shell.run(colophon);
    write("core/src/test/java/ATest.java", "aa");
    write("examples/src/main/java/E.java", "ee");
    shell.run(colophon);
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void twoFirstUsesAtOnceBuildOnce() throws Exception {
    var one = shell.start(colophon, "one");
    var two = shell.start(colophon, "two");
    assertThat(one.ended().lines()).containsExactly("ran", "one");
    assertThat(two.ended().lines()).containsExactly("ran", "two");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void aFailedBuildShowsItsEndAndWhereTheRestIs() throws Exception {
    mavenThat("echo '[ERROR] A.java: no such symbol'; exit 1\n");
    var ended = shell.run(colophon, "run");
    assertThat(ended.status()).isEqualTo(70);
    assertThat(ended.out()).isEmpty();
    var log = root.resolve("target/colophon-build.log");
    assertThat(ended.err())
        .contains("[ERROR] A.java: no such symbol\n")
        .endsWith("colophon: the build failed; all of it is in " + log + "\n");
    assertThat(log).content().contains("no such symbol");
  }

  @Test
  void afterAFailedBuildTheOldDistributionIsNotRun() throws Exception {
    shell.run(colophon);
    write("core/src/main/java/A.java", "aa");
    mavenThat("exit 1\n");
    assertThat(shell.run(colophon).status()).isEqualTo(70);
    assertThat(shell.run(colophon).status()).isEqualTo(70);
  }

  @Test
  void itWorksThroughALinkFromAnotherFolder() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), colophon);
    var elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    assertThat(shell.at(elsewhere).run("../link", "x").lines()).containsExactly("ran", "x");
    assertThat(shell.at(root).run("./colophon", "x").lines()).containsExactly("ran", "x");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void withoutAJdkToBuildWithItSaysSo() throws Exception {
    var ended = shell.with("COLOPHON_JAVA_HOME", folder).run(colophon);
    assertThat(ended.status()).isEqualTo(69);
    assertThat(ended.err())
        .contains("to build it from source")
        .contains("expected a JDK 25 or newer");
    assertThat(builds()).isZero();
  }

  private long builds() throws IOException {
    var notes = root.resolve("builds");
    return Files.exists(notes) ? Files.readAllLines(notes).size() : 0;
  }

  private void mavenThat(String body) throws IOException {
    write("mvnw", "#!/bin/sh\nroot=$PWD\necho \"$*\" >>builds\n" + body);
    Files.setPosixFilePermissions(
        root.resolve("mvnw"), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String name, String content) throws IOException {
    var file = root.resolve(name);
    Files.createDirectories(file.getParent() == null ? root : file.getParent());
    Files.writeString(file, content);
  }
}
