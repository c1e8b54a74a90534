package dev.colophon.flow.fingerprint;

import dev.colophon.core.Digest;
import dev.colophon.core.error.ColophonException.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads the jars of libraries. */
final class JarScan {
  private static final Pattern VERSIONS = Pattern.compile("META-INF/versions/[0-9]+/");
  private static final Pattern SIGNATURE =
      Pattern.compile("META-INF/(SIG-[^/]*|[^/]*\\.(SF|RSA|DSA|EC))");

  private JarScan() {}

  /** Packages that have classes in it; none if it can't be read, as for the JVM. */
  static Set<String> packages(Path jar) {
    Set<String> found = new HashSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class"))
          .forEach(
              name -> {
                var plain =
                    name.startsWith("META-INF/") ? VERSIONS.matcher(name).replaceFirst("") : name;
                if (!plain.equals("module-info.class")) {
                  found.add(Universe.packageOf(plain));
                }
              });
    } catch (IOException e) {
      return Set.of();
    }
    return found;
  }

  /**
   * Reads all of it. One that is no jar is only what its bytes are.
   *
   * @throws Unavailable if it can't be read
   */
  static JarFacts facts(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return facts(zip);
    } catch (IOException e) {
      try {
        return new JarFacts(Digest.of(Files.readAllBytes(jar)), Set.of(), false, false);
      } catch (IOException unreadable) {
        throw new Unavailable("library %s can't be read: %s".formatted(jar, unreadable), e);
      }
    }
  }

  private static JarFacts facts(ZipFile zip) throws IOException {
    List<String> lines = new ArrayList<>();
    var pool = new ConstantPool();
    List<? extends ZipEntry> entries = Collections.list(zip.entries());
    boolean signed = entries.stream().anyMatch(entry -> isSignature(entry.getName()));
    for (ZipEntry entry : entries) {
      var name = entry.getName();
      if (entry.isDirectory() || isSignature(name)) {
        continue;
      }
      byte[] content;
      try (InputStream in = zip.getInputStream(entry)) {
        content = in.readAllBytes();
      }
      if (name.endsWith(".class")) {
        pool.read(content);
      }
      boolean manifest = name.equals("META-INF/MANIFEST.MF");
      lines.add(name + "\0" + Digest.of(manifest ? attributes(content, signed) : content).hex());
    }
    Collections.sort(lines);
    return new JarFacts(
        Digest.of(String.join("\0", lines)), pool.packages(), pool.searches(), pool.asksRun());
  }

  private static boolean isSignature(String name) {
    return name.startsWith("META-INF/")
        && SIGNATURE.matcher(name.toUpperCase(Locale.ROOT)).matches();
  }

  /** A manifest; of a signed jar without the digests of entries that its signer added. */
  private static byte[] attributes(byte[] manifest, boolean signed) {
    var text = new String(manifest, StandardCharsets.ISO_8859_1).replace("\r\n", "\n").strip();
    int end = signed ? text.indexOf("\n\n") : -1;
    return (end < 0 ? text : text.substring(0, end)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
