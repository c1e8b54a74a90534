package dev.colophon.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

class ModernJarTest {
  private static final ClassLoader LIBRARIES = ClassLoader.getPlatformClassLoader();
  private static final byte[] NOTICE = "keep me\n".getBytes(UTF_8);

  @Test
  void anOldClassWithBranchesIsRewrittenAndStillRuns() throws Exception {
    var jar = jar(Map.of("Old.class", sign(Opcodes.V1_5)));
    var modern = entries(ModernJar.of("old.jar", jar, LIBRARIES).orElseThrow());
    var old = Objects.requireNonNull(modern.get("Old.class"));
    var type = defined(old);
    var sign = type.getMethod("sign", int.class);
    assertThat(ModernJar.isOldClass("Old.class", old)).isFalse();
    assertThat(sign.invoke(null, -5)).isEqualTo(-1);
    assertThat(sign.invoke(null, 5)).isEqualTo(1);
  }

  @Test
  void everythingElseIsCopiedAsItIsAndInOrder() throws Exception {
    var current = sign(Opcodes.V17);
    var content = new LinkedHashMap<String, byte[]>();
    content.put("META-INF/NOTICE", NOTICE);
    content.put("Old.class", sign(Opcodes.V1_5));
    content.put("Current.class", current);
    var modern = entries(ModernJar.of("old.jar", jar(content), LIBRARIES).orElseThrow());
    assertThat(modern.keySet()).containsExactly("META-INF/NOTICE", "Old.class", "Current.class");
    assertThat(modern.get("META-INF/NOTICE")).isEqualTo(NOTICE);
    assertThat(modern.get("Current.class")).isEqualTo(current);
  }

  @Test
  void rewrittenTwiceItIsTheSameJar() throws Exception {
    var jar = jar(Map.of("Old.class", sign(Opcodes.V1_5)));
    assertThat(ModernJar.of("old.jar", jar, LIBRARIES).orElseThrow())
        .isEqualTo(ModernJar.of("old.jar", jar, LIBRARIES).orElseThrow());
  }

  @Test
  void aJarWithoutOldClassesStaysAsItIs() throws Exception {
    var jar = jar(Map.of("Current.class", sign(Opcodes.V1_6), "META-INF/A.SF", NOTICE));
    assertThat(ModernJar.of("current.jar", jar, LIBRARIES)).isEmpty();
  }

  @Test
  void aSignedJarIsNotRewritten() throws Exception {
    var jar = jar(Map.of("Old.class", sign(Opcodes.V1_5), "META-INF/SIGNER.SF", NOTICE));
    assertThatThrownBy(() -> ModernJar.of("signed.jar", jar, LIBRARIES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("signed.jar: it is signed and has 1 classes older than Java 6");
  }

  @Test
  void aClassWithSubroutinesIsRefusedByName() throws Exception {
    var jar = jar(Map.of("Older.class", subroutine()));
    assertThatThrownBy(() -> ModernJar.of("older.jar", jar, LIBRARIES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("older.jar: Older.class cannot be given frames: JSR/RET");
  }

  /** {@code static int sign(int x) { return x < 0 ? -1 : 1; }}: its branch needs a frame. */
  private static byte[] sign(int version) {
    var writer = new ClassWriter(version >= Opcodes.V1_6 ? ClassWriter.COMPUTE_FRAMES : 0);
    writer.visit(version, Opcodes.ACC_PUBLIC, "Old", null, "java/lang/Object", null);
    var method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "sign", "(I)I", null, null);
    var negative = new Label();
    method.visitCode();
    method.visitVarInsn(Opcodes.ILOAD, 0);
    method.visitJumpInsn(Opcodes.IFLT, negative);
    method.visitInsn(Opcodes.ICONST_1);
    method.visitInsn(Opcodes.IRETURN);
    method.visitLabel(negative);
    method.visitInsn(Opcodes.ICONST_M1);
    method.visitInsn(Opcodes.IRETURN);
    method.visitMaxs(1, 1);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  /** A call of a {@code finally} block as compilers made it before Java 1.4.2. */
  private static byte[] subroutine() {
    var writer = new ClassWriter(0);
    writer.visit(Opcodes.V1_2, Opcodes.ACC_PUBLIC, "Older", null, "java/lang/Object", null);
    var method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "m", "()V", null, null);
    var finallyBlock = new Label();
    method.visitCode();
    method.visitJumpInsn(Opcodes.JSR, finallyBlock);
    method.visitInsn(Opcodes.RETURN);
    method.visitLabel(finallyBlock);
    method.visitVarInsn(Opcodes.ASTORE, 0);
    method.visitVarInsn(Opcodes.RET, 0);
    method.visitMaxs(1, 1);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static Class<?> defined(byte[] content) {
    return new ClassLoader(null) {
      Class<?> define() {
        return defineClass("Old", content, 0, content.length);
      }
    }.define();
  }

  private static byte[] jar(Map<String, byte[]> content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var entry : content.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] jar) throws IOException {
    var entries = new LinkedHashMap<String, byte[]>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }
}
