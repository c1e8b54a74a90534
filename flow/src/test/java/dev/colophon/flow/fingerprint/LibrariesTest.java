package dev.colophon.flow.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.code.Fingerprint.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What libraries are to fingerprints. */
class LibrariesTest {
  private static final String CALLS =
      Project.flow("@Step int a() { return lib.L.l(); } @Step int b() { return 1; }");
  private static final String PLAIN =
      "package lib; public class L { public static int l() { %s } }";

  @TempDir Path folder;
  private int made;

  /** A jar of one class and perhaps other files. */
  private Path jar(String name, String file, String text, Map<String, String> others, boolean odd)
      throws IOException {
    var project = new Project(folder.resolve("lib" + made++)).with(file, text);
    Map<String, byte[]> entries = new TreeMap<>();
    var classes = project.compile().classes();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        entries.put(classes.relativize(each).toString(), Files.readAllBytes(each));
      }
    }
    others.forEach((path, content) -> entries.put(path, content.getBytes(StandardCharsets.UTF_8)));
    var jar = folder.resolve("jars" + made).resolve(name);
    Files.createDirectories(jar.getParent());
    List<String> names = new ArrayList<>(entries.keySet());
    if (odd) {
      Collections.reverse(names);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(odd ? 0 : 9);
      for (String each : names) {
        var entry = new ZipEntry(each);
        entry.setTimeLocal(LocalDateTime.of(odd ? 2001 : 2020, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(entries.getOrDefault(each, new byte[0]));
      }
    }
    return jar;
  }

  private Path plain(String body) throws IOException {
    return jar("lib-1.0.jar", "L.java", PLAIN.formatted(body), Map.of(), false);
  }

  private Project flow(Path... jars) throws IOException {
    var project = new Project(folder.resolve("flow" + made++)).with("F.java", CALLS);
    for (Path jar : jars) {
      project.library(jar);
    }
    return project.compile();
  }

  @Test
  void aLibraryIsPartOfTheStepsThatCallIt() throws IOException {
    var project = flow(plain("return 1;"));
    assertThat(project.names("a", Kind.LIBRARY)).containsExactly("lib-1.0.jar");
    assertThat(project.names("b", Kind.LIBRARY)).isEmpty();
  }

  @Test
  void aChangedJarOfTheSameNameTells() throws IOException {
    assertThat(flow(plain("return 2;")).print("a").digest())
        .isNotEqualTo(flow(plain("return 1;")).print("a").digest());
  }

  @Test
  void timesOrderAndCompressionOfEntriesDoNot() throws IOException {
    Map<String, String> others = Map.of("a.txt", "one", "z.txt", "two");
    var text = PLAIN.formatted("return 1;");
    var one = flow(jar("l.jar", "L.java", text, others, false));
    var two = flow(jar("l.jar", "L.java", text, others, true));
    assertThat(two.print("a").digest()).isEqualTo(one.print("a").digest());
  }

  @Test
  void signingAJarChangesNothing() throws IOException {
    var manifest = "Manifest-Version: 1.0\n";
    var text = PLAIN.formatted("return 1;");
    var one = flow(jar("l.jar", "L.java", text, Map.of("META-INF/MANIFEST.MF", manifest), false));
    Map<String, String> signed =
        Map.of(
            "META-INF/MANIFEST.MF",
            manifest + "\nName: lib/L.class\nSHA-256-Digest: x\n",
            "META-INF/ME.SF",
            "x",
            "META-INF/ME.RSA",
            "y");
    var two = flow(jar("l.jar", "L.java", text, signed, false));
    assertThat(two.print("a").digest()).isEqualTo(one.print("a").digest());
  }

  @Test
  void aLibraryThatAnotherNeedsIsPartToo() throws IOException {
    var base = jar("base.jar", "B.java", "package base; public class B { }", Map.of(), false);
    var other = jar("other.jar", "O.java", "package other; public class O { }", Map.of(), false);
    var library = new Project(folder.resolve("needs")).library(base);
    library.with("L.java", PLAIN.formatted("return new base.B().hashCode();")).compile();
    var jar = folder.resolve("lib.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("lib/L.class"));
      Files.copy(library.classes().resolve("lib/L.class"), zip);
    }
    assertThat(flow(jar, base, other).names("a", Kind.LIBRARY))
        .containsExactly("base.jar", "lib.jar");
  }

  @Test
  void aLibraryThatLoadsClassesByNameMayNeedAllAndReadsResources() throws IOException {
    var text =
        PLAIN.formatted(
            "try { return Class.forName(\"x\").hashCode(); } catch (Exception e) { return 1; }");
    var other = jar("other.jar", "O.java", "package other; public class O { }", Map.of(), false);
    var project =
        flow(jar("lib.jar", "L.java", text, Map.of(), false), other)
            .resource("settings.properties", "a=1")
            .compile();
    assertThat(project.names("a", Kind.LIBRARY)).containsExactly("lib.jar", "other.jar");
    assertThat(project.names("a", Kind.RESOURCE)).containsExactly("settings.properties");
  }

  @Test
  void aServiceOfTheAuthorsIsPartWhereALibraryLooksForServices() throws IOException {
    var text =
        PLAIN.formatted(
            "for (Runnable r : java.util.ServiceLoader.load(Runnable.class)) r.run(); return 1;");
    var project =
        flow(jar("lib.jar", "L.java", text, Map.of(), false))
            .with("S.java", "public class S implements Runnable { public void run() {} }")
            .resource("META-INF/services/java.lang.Runnable", "S # mine\n")
            .compile();
    assertThat(project.names("a", Kind.METHOD)).contains("S.run()");
    assertThat(project.names("b", Kind.METHOD)).doesNotContain("S.run()");
  }

  @Test
  void whatALibraryMayLookIntoIsPartWhole() throws IOException {
    var text = "package lib; public class L { public static int l(Object o) { return 1; } }";
    var project =
        new Project(folder.resolve("shows"))
            .library(jar("lib.jar", "L.java", text, Map.of(), false))
            .with("F.java", Project.flow("@Step int a() { return lib.L.l(new H()); }"))
            .with("H.java", "class H { private int x; int getX() { return x; } }")
            .compile();
    assertThat(project.names("a", Kind.METHOD)).contains("H.getX()");
    assertThat(project.names("a", Kind.MEMBERS)).containsExactly("H");
  }

  @Test
  void aJarThatIsNoneHurtsNobody() throws IOException {
    var broken = Files.writeString(folder.resolve("broken.jar"), "no zip");
    var project = flow(plain("return 1;")).library(broken);
    assertThat(project.names("a", Kind.LIBRARY)).containsExactly("lib-1.0.jar");
  }

  @Test
  void ofSeveralVersionsOfAClassAllCount() throws IOException {
    var text = PLAIN.formatted("return 1;");
    var one = jar("l.jar", "L.java", text, Map.of("META-INF/versions/21/lib/L.class", "a"), false);
    var two = jar("l.jar", "L.java", text, Map.of("META-INF/versions/21/lib/L.class", "b"), false);
    assertThat(flow(one).print("a").digest()).isNotEqualTo(flow(two).print("a").digest());
  }
}
