package dev.colophon.flow.fingerprint;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Writes an annotation, and tells the types that it names. */
final class AnnotationText extends AnnotationVisitor {
  private final HoledText out;
  private final Consumer<String> types;
  private final BiConsumer<String, Object> values;

  /**
   * @param types told the internal names of the classes among its values
   * @param values told each plain value of the annotation itself
   */
  AnnotationText(HoledText out, Consumer<String> types, BiConsumer<String, Object> values) {
    super(Opcodes.ASM9);
    this.out = out;
    this.types = types;
    this.values = values;
  }

  @Override
  public void visit(@Nullable String name, Object value) {
    name(name);
    out.text.text(text(value));
    if (value instanceof Type type && type.getSort() == Type.OBJECT) {
      types.accept(type.getInternalName());
    }
    values.accept(name == null ? "" : name, value);
  }

  private static String text(Object value) {
    return switch (value) {
      case byte[] array -> java.util.Arrays.toString(array);
      case short[] array -> java.util.Arrays.toString(array);
      case char[] array -> java.util.Arrays.toString(array);
      case int[] array -> java.util.Arrays.toString(array);
      case long[] array -> java.util.Arrays.toString(array);
      case float[] array -> java.util.Arrays.toString(array);
      case double[] array -> java.util.Arrays.toString(array);
      case boolean[] array -> java.util.Arrays.toString(array);
      default -> value.toString();
    };
  }

  @Override
  public void visitEnum(@Nullable String name, String descriptor, String value) {
    name(name);
    out.text.text(descriptor + value);
  }

  @Override
  public AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
    name(name);
    out.text.text(descriptor);
    return new AnnotationText(out, types, (key, value) -> {});
  }

  @Override
  public AnnotationVisitor visitArray(@Nullable String name) {
    name(name);
    out.text.text("[");
    return new AnnotationText(out, types, (key, value) -> {});
  }

  @Override
  public void visitEnd() {
    out.text.text("]");
  }

  private void name(@Nullable String name) {
    out.text.text(name == null ? "" : name);
  }
}
