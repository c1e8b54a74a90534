package dev.colophon.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The start-up cache: it is used, it never runs old code, it is never seen, and a command does
 * without it.
 *
 * <p>The distribution is the real launcher with one small jar, on the JDK that runs this test.
 */
class StartUpCacheIT {
  private static final Path LAUNCHER = Path.of("src", "main", "launcher").toAbsolutePath();
  private static final FileTime PACKED = FileTime.from(Instant.parse("2026-11-23T00:00:00Z"));

  @TempDir Path folder;
  private Path colophon;
  private Path jar;
  private Path caches;
  private Shell shell;

  @BeforeEach
  void aDistributionThatSaysOne() throws Exception {
    assumeTrue(Runtime.version().feature() >= 25, "the start-up cache needs a JDK 25");
    var home = Files.createDirectories(folder.resolve("my colophon"));
    try (var files = Files.walk(LAUNCHER)) {
      for (var file : files.toList()) {
        var copy = home.resolve(LAUNCHER.relativize(file));
        if (!Files.exists(copy)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    colophon = home.resolve("bin/colophon");
    assertThat(colophon.toFile().setExecutable(true)).isTrue();
    Files.writeString(home.resolve("lib/class-path"), "app.jar\n");
    jar = home.resolve("lib/app.jar");
    Files.write(jar, jarThatSays("one"));
    Files.setLastModifiedTime(jar, PACKED);
    caches = folder.resolve("caches/colophon");
    shell =
        Shell.in(folder)
            .with("XDG_CACHE_HOME", folder.resolve("caches"))
            .with("COLOPHON_JAVA_HOME", System.getProperty("java.home"));
  }

  @Test
  void onceMadeItIsUsed() throws Exception {
    assertThat(shell.with("COLOPHON_AOT", "now").run(colophon, "say").out()).isEqualTo("one\n");
    assertThat(sourceOfMain()).contains("shared objects file");
  }

  @Test
  void theFirstCommandHasItMadeInTheBackground() throws Exception {
    assertThat(shell.run(colophon, "say").out()).isEqualTo("one\n");
    for (var tries = 0; tries < 3000 && cacheFiles().isEmpty(); tries++) {
      Thread.sleep(100);
    }
    assertThat(cacheFiles()).hasSize(1);
    assertThat(sourceOfMain()).contains("shared objects file");
  }

  @ParameterizedTest
  @EnumSource
  void aJarReplacedByOneOfTheSameSizeAndTimeRunsItsOwnCode(Replacement replacement)
      throws Exception {
    shell.with("COLOPHON_AOT", "now").run(colophon, "say");
    assertThat(sourceOfMain()).contains("shared objects file");
    var size = Files.size(jar);
    replacement.replace(jar, jarThatSays("two"));
    Files.setLastModifiedTime(jar, PACKED);
    assertThat(Files.size(jar)).isEqualTo(size);
    assertThat(shell.with("COLOPHON_AOT", "now").run(colophon, "say").out()).isEqualTo("two\n");
    assertThat(shell.run(colophon, "say").out()).isEqualTo("two\n");
    assertThat(sourceOfMain()).contains("shared objects file");
    assertThat(cacheFiles()).as("the old cache is swept").hasSize(1);
  }

  @Test
  void nothingOfItIsSeen() throws Exception {
    for (var aot : List.of("now", "off", "on", "now")) {
      var ended = shell.with("COLOPHON_AOT", aot).run(colophon, "say");
      assertThat(ended.out()).isEqualTo("one\n");
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void aFlagThatTheCacheDoesNotAgreeWithIsNoNoiseEither() throws Exception {
    shell.with("COLOPHON_AOT", "now").run(colophon, "say");
    var ended =
        shell
            .with("COLOPHON_JAVA_OPTS", "-XX:+UseZGC -XX:-UseCompressedClassPointers")
            .run(colophon, "say");
    assertThat(ended.out()).isEqualTo("one\n");
  }

  @Test
  void aTornCacheIsNotBelieved() throws Exception {
    shell.with("COLOPHON_AOT", "now").run(colophon, "say");
    var cache = cacheFiles().getFirst();
    var bytes = Files.readAllBytes(cache);
    Files.write(cache, Arrays.copyOf(bytes, bytes.length / 2));
    var ended = shell.run(colophon, "say");
    assertThat(ended.out()).isEqualTo("one\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void whenItCannotBeMadeTheCommandRunsAndItIsNotTriedAgain() throws Exception {
    Files.write(jar, jarThatSays("one", "throw new IllegalStateException(\"stage fright\");"));
    var ended = shell.with("COLOPHON_AOT", "now").run(colophon, "say");
    assertThat(ended.out()).isEqualTo("one\n");
    assertThat(ended.err()).isEmpty();
    assertThat(cacheFiles()).isEmpty();
    try (var files = Files.list(caches)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .singleElement()
          .asString()
          .endsWith(".aot.failed");
    }
  }

  @Test
  void whereNoCacheCanBeKeptTheCommandRuns() throws Exception {
    var file = Files.writeString(folder.resolve("file"), "");
    for (var aot : List.of("now", "on")) {
      var ended = shell.with("XDG_CACHE_HOME", file).with("COLOPHON_AOT", aot).run(colophon, "say");
      assertThat(ended.out()).isEqualTo("one\n");
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void theRehearsalLeavesNothingBehind() throws Exception {
    shell.with("COLOPHON_AOT", "now").run(colophon, "say");
    try (var files = Files.list(caches)) {
      assertThat(files.map(file -> String.valueOf(file.getFileName())))
          .allMatch(name -> name.endsWith(".aot") || name.endsWith(".aot.of"))
          .hasSize(2);
    }
  }

  enum Replacement {
    IN_PLACE {
      @Override
      void replace(Path jar, byte[] content) throws IOException {
        Files.write(jar, content);
      }
    },
    BY_RENAME {
      @Override
      void replace(Path jar, byte[] content) throws IOException {
        var other = Files.write(jar.resolveSibling("other"), content);
        Files.setLastModifiedTime(other, PACKED);
        Files.move(other, jar, StandardCopyOption.ATOMIC_MOVE);
      }
    };

    abstract void replace(Path jar, byte[] content) throws IOException;
  }

  private List<Path> cacheFiles() throws IOException {
    if (!Files.isDirectory(caches)) {
      return List.of();
    }
    try (var files = Files.list(caches)) {
      return files
          .filter(file -> file.toString().endsWith(".aot") && Files.isRegularFile(file))
          .toList();
    }
  }

  /** Where the JVM says that it took the main class from. */
  private String sourceOfMain() throws Exception {
    var log = folder.resolve("classes.txt");
    shell.with("COLOPHON_JAVA_OPTS", "-Xlog:class+load:file=" + log).run(colophon, "say");
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" dev.colophon.cli.Main "))
        .findFirst()
        .orElseThrow();
  }

  private byte[] jarThatSays(String word) throws IOException {
    return jarThatSays(word, "Main.main(arguments);");
  }

  /** The command's jar; of one size for words of one length. */
  private byte[] jarThatSays(String word, String rehearsal) throws IOException {
    var sources = Files.createTempDirectory(folder, "sources");
    var types = Map.of("Main", "System.out.println(\"" + word + "\");", "Rehearsal", rehearsal);
    for (var type : types.entrySet()) {
      var source =
          "package dev.colophon.cli; class %s { public static void main(String[] arguments) { %s } }"
              .formatted(type.getKey(), type.getValue());
      Files.writeString(sources.resolve(type.getKey() + ".java"), source);
    }
    var status =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                sources.toString(),
                sources.resolve("Main.java").toString(),
                sources.resolve("Rehearsal.java").toString());
    assertThat(status).isZero();
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes, UTF_8)) {
      zip.setMethod(ZipOutputStream.STORED);
      for (var type : List.of("Main", "Rehearsal")) {
        var name = "dev/colophon/cli/" + type + ".class";
        var content = Files.readAllBytes(sources.resolve(name));
        var crc = new CRC32();
        crc.update(content);
        var entry = new ZipEntry(name);
        entry.setTime(PACKED.toMillis());
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
      }
    }
    return bytes.toByteArray();
  }
}
