package dev.colophon.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as it is shipped. */
class DistributionIT {
  private static final Path ARCHIVE = Path.of("target", "colophon-0.1.0.tar.gz").toAbsolutePath();
  private static final Path LIBRARIES = Path.of("target", "colophon-0.1.0", "lib");

  @TempDir Path folder;

  @Test
  void unpackedElsewhereItRunsWithAJdkAndNothingElse() throws Exception {
    var shell =
        Shell.in(folder)
            .with("COLOPHON_JAVA_HOME", System.getProperty("java.home"))
            .with("COLOPHON_AOT", "off");
    assertThat(shell.run("/bin/tar", "xzf", ARCHIVE.toString()).status()).isZero();
    var ended = shell.run(folder.resolve("colophon-0.1.0/bin/colophon"), "--version");
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out()).matches("colophon 0\\.1\\.0.*\\R");
    assertThat(ended.status()).isZero();
    assertThat(folder.resolve("colophon-0.1.0"))
        .isDirectoryContaining("glob:**/LICENSE")
        .isDirectoryContaining("glob:**/NOTICE")
        .isDirectoryContaining("glob:**/README.md");
  }

  @Test
  void noClassInItIsTooOldForTheStartUpCache() throws Exception {
    var old = new ArrayList<String>();
    for (var jar : jars()) {
      try (var zip = new ZipFile(jar.toFile())) {
        for (var entry : zip.stream().toList()) {
          if (entry.getName().endsWith(".class")
              && ModernJar.isOldClass(entry.getName(), zip.getInputStream(entry).readNBytes(8))) {
            old.add(jar.getFileName() + "!" + entry.getName());
          }
        }
      }
    }
    assertThat(old).isEmpty();
  }

  /** picocli is the largest of the rewritten jars: 300 classes of Java 5. */
  @Test
  void theRewrittenClassesPassTheVerifier() throws Exception {
    var urls = new ArrayList<URL>();
    for (var jar : jars()) {
      urls.add(jar.toUri().toURL());
    }
    var picocli = jars().stream().filter(jar -> jar.toString().contains("picocli")).findFirst();
    var linked = 0;
    try (var loader =
            new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        var zip = new ZipFile(picocli.orElseThrow().toFile())) {
      for (var entry : zip.stream().filter(e -> e.getName().startsWith("picocli/")).toList()) {
        if (entry.getName().endsWith(".class")) {
          var name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
          Class.forName(name, true, loader); // a bad frame is a VerifyError
          linked++;
        }
      }
    }
    assertThat(linked).isGreaterThan(200);
  }

  @Test
  void theClassPathNamesEveryJar() throws Exception {
    var named = Files.readAllLines(LIBRARIES.resolve("class-path"));
    assertThat(jars().stream().map(jar -> String.valueOf(jar.getFileName())))
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void theNoticeNamesEveryLibraryThatIsNotOurs() throws Exception {
    var notice = Files.readString(LIBRARIES.resolveSibling("NOTICE"));
    var libraries =
        jars().stream()
            .map(jar -> String.valueOf(jar.getFileName()).replaceFirst("-[0-9].*", ""))
            .filter(library -> !library.startsWith("colophon-"))
            .toList();
    assertThat(libraries).isNotEmpty();
    assertThat(libraries)
        .filteredOn(
            library ->
                !Pattern.compile("(?<![\\w-])" + library + "(?![\\w-])").matcher(notice).find())
        .isEmpty();
  }

  private static List<Path> jars() throws Exception {
    try (var files = Files.list(LIBRARIES)) {
      return files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
  }
}
