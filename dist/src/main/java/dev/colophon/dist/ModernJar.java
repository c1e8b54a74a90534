package dev.colophon.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * A library's jar, its oldest classes rewritten so that the JVM's start-up cache takes them.
 *
 * <p>The cache refuses class files older than Java 6 ("old class"), which verify without stack map
 * frames. Such a class gets the version of Java 8 and frames that ASM computes; its instructions,
 * names and annotations stay as they are. Every other entry, notices included, is copied byte for
 * byte, in order.
 */
final class ModernJar {
  /** The oldest class file version that the cache takes: Java 6. */
  private static final int OLDEST = Opcodes.V1_6;

  private static final int MODERN = Opcodes.V1_8;

  /** Offset of the major version in a class file: JVMS 4.1, after magic and minor version. */
  private static final int MAJOR = 6;

  private ModernJar() {}

  /**
   * The rewritten jar, or empty if there is nothing to rewrite and the jar can stay as it is.
   *
   * @param name the jar's file name, for refusals
   * @param libraries finds the classes that the jar's code names: the whole class path, its own jar
   *     included
   * @throws IllegalArgumentException if the jar is signed and needs rewriting, or a class uses
   *     instructions ({@code JSR}) that have no frames
   */
  static Optional<byte[]> of(String name, byte[] jar, ClassLoader libraries) throws IOException {
    var bytes = new ByteArrayOutputStream(jar.length);
    var signed = false;
    var rewritten = 0;
    try (var in = new ZipInputStream(new ByteArrayInputStream(jar));
        var out = new ZipOutputStream(bytes)) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var content = in.readAllBytes();
        signed |= entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
        if (isOldClass(entry.getName(), content)) {
          content = modern(name, entry.getName(), content, libraries);
          rewritten++;
        }
        var copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(content);
      }
    }
    if (rewritten == 0) {
      return Optional.empty();
    }
    if (signed) {
      throw new IllegalArgumentException(
          "%s: it is signed and has %d classes older than Java 6: found META-INF/*.SF, expected an unsigned jar"
              .formatted(name, rewritten));
    }
    return Optional.of(bytes.toByteArray());
  }

  static boolean isOldClass(String entry, byte[] content) {
    return entry.endsWith(".class")
        && content.length > MAJOR + 1
        && (((content[MAJOR] & 0xff) << 8) | (content[MAJOR + 1] & 0xff)) < OLDEST;
  }

  private static byte[] modern(String jar, String entry, byte[] old, ClassLoader libraries) {
    var writer =
        new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
          @Override
          protected ClassLoader getClassLoader() {
            return libraries;
          }
        };
    try {
      new ClassReader(old).accept(new Promoted(writer), ClassReader.SKIP_FRAMES);
    } catch (IllegalArgumentException | TypeNotPresentException e) {
      throw new IllegalArgumentException(
          "%s: %s cannot be given frames: %s".formatted(jar, entry, e.getMessage()), e);
    }
    return writer.toByteArray();
  }

  /** The same class with a newer version number. */
  private static final class Promoted extends ClassVisitor {
    Promoted(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String superName,
        String[] interfaces) {
      super.visit(MODERN, access, name, signature, superName, interfaces);
    }
  }
}
