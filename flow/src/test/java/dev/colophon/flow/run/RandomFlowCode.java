package dev.colophon.flow.run;

import dev.colophon.flow.run.RandomFlow.Drawn;
import dev.colophon.flow.run.RandomFlow.Helper;
import dev.colophon.flow.run.RandomFlow.Taken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Writes a {@link RandomFlow} as class files, as a compiler would, in a fraction of its time. */
final class RandomFlowCode {
  private static final String FLOW = "RandomlyDrawn";
  private static final String HELPERS = "RandomHelpers";
  private static final String LIST = "Ljava/util/List;";
  private static final String NUMBERS = "Ljava/util/List<Ljava/lang/Integer;>;";
  private static final String ANNOTATIONS = "Ldev/colophon/flow/";

  private final RandomFlow flow;

  private RandomFlowCode(RandomFlow flow) {
    this.flow = flow;
  }

  /** Writes both classes into a folder. */
  static void write(RandomFlow flow, Path folder) throws IOException {
    RandomFlowCode code = new RandomFlowCode(flow);
    Files.write(folder.resolve(FLOW + ".class"), code.flowClass());
    Files.write(folder.resolve(HELPERS + ".class"), code.helperClass());
  }

  private static ClassWriter type(String name) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V21, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
    return writer;
  }

  private byte[] flowClass() {
    ClassWriter writer = type(FLOW);
    writer.visitAnnotation(ANNOTATIONS + "Flow;", true).visitEnd();
    for (int i = 0; i < flow.parameters().size(); i++) {
      var field = writer.visitField(0, "p" + i, "I", null, null);
      field.visitAnnotation(ANNOTATIONS + "Param;", true).visitEnd();
      field.visitEnd();
    }
    MethodVisitor made = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
    made.visitCode();
    made.visitVarInsn(Opcodes.ALOAD, 0);
    made.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    end(made, Opcodes.RETURN);
    flow.inOrderOfMethods().forEach(step -> method(step, writer));
    writer.visitEnd();
    return writer.toByteArray();
  }

  private void method(Drawn step, ClassWriter writer) {
    String result = step.length().isPresent() ? LIST : "I";
    String generic = step.length().isPresent() ? NUMBERS : "I";
    MethodVisitor method =
        writer.visitMethod(
            0,
            step.name(),
            step.takes().stream().map(t -> type(t, LIST)).collect(Collectors.joining("", "(", ")"))
                + result,
            step.takes().stream()
                    .map(t -> type(t, NUMBERS))
                    .collect(Collectors.joining("", "(", ")"))
                + generic,
            null);
    step.takes().forEach(taken -> method.visitParameter(RandomFlow.argument(taken), 0));
    method.visitAnnotation(ANNOTATIONS + "Step;", true).visitEnd();
    for (int i = 0; i < step.takes().size(); i++) {
      annotate(method, i, step.takes().get(i));
    }
    method.visitCode();
    body(step, method);
  }

  private String type(Taken taken, String list) {
    return switch (taken) {
      case RandomFlow.One(String step) -> flow.step(step).length().isPresent() ? list : "I";
      case RandomFlow.Join join -> list;
      case RandomFlow.All all -> list;
      case RandomFlow.Element element -> "I";
      case RandomFlow.Parameter parameter -> "I";
    };
  }

  private static void annotate(MethodVisitor method, int argument, Taken taken) {
    if (taken instanceof RandomFlow.Element(String list)) {
      AnnotationVisitor each =
          method.visitParameterAnnotation(argument, ANNOTATIONS + "Each;", true);
      each.visit("value", list);
      each.visitEnd();
    }
    if (taken instanceof RandomFlow.All) {
      method.visitParameterAnnotation(argument, ANNOTATIONS + "All;", true).visitEnd();
    }
  }

  /** Leaves the sum in a variable, then returns it as the step does. */
  private void body(Drawn step, MethodVisitor method) {
    int sum = step.takes().size() + 1;
    method.visitLdcInsn(step.constant());
    for (int i = 0; i < step.takes().size(); i++) {
      times31(method);
      boolean number = type(step.takes().get(i), LIST).equals("I");
      method.visitVarInsn(number ? Opcodes.ILOAD : Opcodes.ALOAD, i + 1);
      if (!number) {
        method.visitMethodInsn(Opcodes.INVOKEINTERFACE, "java/util/List", "hashCode", "()I", true);
      }
      method.visitInsn(Opcodes.IADD);
    }
    step.field()
        .ifPresent(
            field -> {
              times31(method);
              method.visitVarInsn(Opcodes.ALOAD, 0);
              method.visitFieldInsn(Opcodes.GETFIELD, FLOW, "p" + field, "I");
              method.visitInsn(Opcodes.IADD);
            });
    step.helper().ifPresent(helper -> call(helper, method));
    if (step.padded()) {
      method.visitInsn(Opcodes.INEG);
      method.visitInsn(Opcodes.INEG);
    }
    method.visitVarInsn(Opcodes.ISTORE, sum);
    if (step.length().isEmpty()) {
      number(step, sum, 0, method);
      end(method, Opcodes.IRETURN);
    } else {
      int length = step.length().getAsInt();
      for (int i = 0; i < length; i++) {
        number(step, sum, i, method);
        method.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
      }
      method.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/util/List",
          "of",
          "(" + "Ljava/lang/Object;".repeat(length) + ")" + LIST,
          true);
      end(method, Opcodes.ARETURN);
    }
  }

  private static void number(Drawn step, int sum, int add, MethodVisitor method) {
    method.visitVarInsn(Opcodes.ILOAD, sum);
    method.visitLdcInsn(add);
    method.visitInsn(Opcodes.IADD);
    method.visitLdcInsn(step.modulus());
    method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Math", "floorMod", "(II)I", false);
  }

  private static void times31(MethodVisitor method) {
    method.visitLdcInsn(31);
    method.visitInsn(Opcodes.IMUL);
  }

  private static void call(int helper, MethodVisitor method) {
    method.visitMethodInsn(Opcodes.INVOKESTATIC, HELPERS, "h" + helper, "(I)I", false);
  }

  private static void end(MethodVisitor method, int with) {
    method.visitInsn(with);
    method.visitMaxs(0, 0);
    method.visitEnd();
  }

  private byte[] helperClass() {
    ClassWriter writer = type(HELPERS);
    for (int i = 0; i < flow.helpers().size(); i++) {
      Helper helper = flow.helpers().get(i);
      MethodVisitor method =
          writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "h" + i, "(I)I", null, null);
      method.visitCode();
      method.visitVarInsn(Opcodes.ILOAD, 0);
      method.visitLdcInsn(helper.constant());
      method.visitInsn(Opcodes.IMUL);
      method.visitLdcInsn(i);
      method.visitInsn(Opcodes.IADD);
      helper.calls().ifPresent(next -> call(next, method));
      end(method, Opcodes.IRETURN);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }
}
