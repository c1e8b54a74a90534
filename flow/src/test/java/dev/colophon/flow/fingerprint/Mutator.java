package dev.colophon.flow.fingerprint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Changes one thing in a class file, as PIT's operators do. */
final class Mutator extends ClassVisitor {
  /** A changed class file, and what was changed. */
  static final class Mutant {
    private final String what;
    private final byte[] classFile;

    private Mutant(String what, byte[] classFile) {
      this.what = what;
      this.classFile = classFile;
    }

    String what() {
      return what;
    }

    byte[] classFile() {
      return classFile.clone();
    }
  }

  private static final Map<Integer, Integer> SWAPS =
      Map.ofEntries(
          Map.entry(Opcodes.IADD, Opcodes.ISUB),
          Map.entry(Opcodes.ISUB, Opcodes.IADD),
          Map.entry(Opcodes.IMUL, Opcodes.IADD),
          Map.entry(Opcodes.IDIV, Opcodes.IMUL),
          Map.entry(Opcodes.IREM, Opcodes.IMUL),
          Map.entry(Opcodes.IAND, Opcodes.IOR),
          Map.entry(Opcodes.IOR, Opcodes.IAND),
          Map.entry(Opcodes.ISHR, Opcodes.ISHL),
          Map.entry(Opcodes.LADD, Opcodes.LSUB),
          Map.entry(Opcodes.LSUB, Opcodes.LADD),
          Map.entry(Opcodes.LMUL, Opcodes.LADD),
          Map.entry(Opcodes.DADD, Opcodes.DSUB),
          Map.entry(Opcodes.DSUB, Opcodes.DADD),
          Map.entry(Opcodes.DMUL, Opcodes.DDIV),
          Map.entry(Opcodes.DDIV, Opcodes.DMUL),
          Map.entry(Opcodes.DCMPL, Opcodes.DCMPG),
          Map.entry(Opcodes.DCMPG, Opcodes.DCMPL));

  private static final Map<Integer, Integer> NEGATED =
      Map.ofEntries(
          Map.entry(Opcodes.IFEQ, Opcodes.IFNE),
          Map.entry(Opcodes.IFNE, Opcodes.IFEQ),
          Map.entry(Opcodes.IFLT, Opcodes.IFGE),
          Map.entry(Opcodes.IFGE, Opcodes.IFLT),
          Map.entry(Opcodes.IFGT, Opcodes.IFLE),
          Map.entry(Opcodes.IFLE, Opcodes.IFGT),
          Map.entry(Opcodes.IF_ICMPEQ, Opcodes.IF_ICMPNE),
          Map.entry(Opcodes.IF_ICMPNE, Opcodes.IF_ICMPEQ),
          Map.entry(Opcodes.IF_ICMPLT, Opcodes.IF_ICMPGE),
          Map.entry(Opcodes.IF_ICMPGE, Opcodes.IF_ICMPLT),
          Map.entry(Opcodes.IF_ICMPGT, Opcodes.IF_ICMPLE),
          Map.entry(Opcodes.IF_ICMPLE, Opcodes.IF_ICMPGT),
          Map.entry(Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE),
          Map.entry(Opcodes.IF_ACMPNE, Opcodes.IF_ACMPEQ),
          Map.entry(Opcodes.IFNULL, Opcodes.IFNONNULL),
          Map.entry(Opcodes.IFNONNULL, Opcodes.IFNULL));

  private static final Map<Integer, Integer> BOUNDARIES =
      Map.of(
          Opcodes.IFLT,
          Opcodes.IFLE,
          Opcodes.IFLE,
          Opcodes.IFLT,
          Opcodes.IFGT,
          Opcodes.IFGE,
          Opcodes.IFGE,
          Opcodes.IFGT,
          Opcodes.IF_ICMPLT,
          Opcodes.IF_ICMPLE,
          Opcodes.IF_ICMPLE,
          Opcodes.IF_ICMPLT,
          Opcodes.IF_ICMPGT,
          Opcodes.IF_ICMPGE,
          Opcodes.IF_ICMPGE,
          Opcodes.IF_ICMPGT);

  private final int chosen;
  private int seen;
  private String what = "";
  private String type = "";

  private Mutator(ClassWriter writer, int chosen) {
    super(Opcodes.ASM9, writer);
    this.chosen = chosen;
  }

  /** All mutants of a class. */
  static List<Mutant> of(byte[] classFile) {
    List<Mutant> mutants = new ArrayList<>();
    var reader = new ClassReader(classFile);
    for (int i = 0; ; i++) {
      var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
      var mutator = new Mutator(writer, i);
      reader.accept(mutator, 0);
      if (mutator.what.isEmpty()) {
        return mutants;
      }
      mutants.add(new Mutant(mutator.what, writer.toByteArray()));
    }
  }

  private boolean hit(String place, String change) {
    if (seen++ != chosen) {
      return false;
    }
    what = type + "." + place + ": " + change;
    return true;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    type = name;
    super.visit(version, access, name, signature, superName, interfaces);
  }

  @Override
  public FieldVisitor visitField(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      @Nullable Object value) {
    Object changed =
        value instanceof Integer number && hit(name, "constant + 1")
            ? (Object) (number + 1)
            : value;
    return super.visitField(access, name, descriptor, signature, changed);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    return new Body(
        super.visitMethod(access, name, descriptor, signature, exceptions), name, descriptor);
  }

  private final class Body extends MethodVisitor {
    private final String method;
    private final Type result;

    Body(MethodVisitor next, String name, String descriptor) {
      super(Opcodes.ASM9, next);
      this.method = name;
      this.result = Type.getReturnType(descriptor);
    }

    private boolean hit(String change) {
      return Mutator.this.hit(method, change);
    }

    @Override
    public void visitInsn(int opcode) {
      var swap = SWAPS.get(opcode);
      if (swap != null && hit("arithmetic")) {
        super.visitInsn(swap);
        return;
      }
      if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
        number(opcode - Opcodes.ICONST_0);
      } else if ((opcode == Opcodes.DCONST_0 || opcode == Opcodes.DCONST_1) && hit("constant")) {
        super.visitLdcInsn(opcode - Opcodes.DCONST_0 + 1.5);
      } else if ((opcode == Opcodes.LCONST_0 || opcode == Opcodes.LCONST_1) && hit("constant")) {
        super.visitLdcInsn(opcode - Opcodes.LCONST_0 + 1L);
      } else {
        returned(opcode);
        super.visitInsn(opcode);
      }
    }

    private void returned(int opcode) {
      switch (opcode) {
        case Opcodes.IRETURN -> {
          if (hit("returned number")) {
            super.visitInsn(Opcodes.ICONST_1);
            super.visitInsn(result.equals(Type.BOOLEAN_TYPE) ? Opcodes.IXOR : Opcodes.IADD);
          }
        }
        case Opcodes.LRETURN -> {
          if (hit("returned number")) {
            super.visitInsn(Opcodes.LCONST_1);
            super.visitInsn(Opcodes.LADD);
          }
        }
        case Opcodes.DRETURN -> {
          if (hit("returned number")) {
            super.visitInsn(Opcodes.DCONST_1);
            super.visitInsn(Opcodes.DADD);
          }
        }
        case Opcodes.ARETURN -> {
          if (hit("returned null")) {
            super.visitInsn(Opcodes.POP);
            super.visitInsn(Opcodes.ACONST_NULL);
          }
          if (result.getClassName().equals("java.lang.String") && hit("returned text")) {
            super.visitInsn(Opcodes.POP);
            super.visitLdcInsn("mutant");
          }
        }
        default -> {}
      }
    }

    private void number(int value) {
      if (hit("constant + 1")) {
        push(value + 1);
      } else if (hit("constant - 1")) {
        push(value - 1);
      } else {
        push(value);
      }
    }

    private void push(int value) {
      if (value >= -1 && value <= 5) {
        super.visitInsn(Opcodes.ICONST_0 + value);
      } else if (value >= Byte.MIN_VALUE && value <= Byte.MAX_VALUE) {
        super.visitIntInsn(Opcodes.BIPUSH, value);
      } else {
        super.visitLdcInsn(value);
      }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        super.visitIntInsn(opcode, operand);
      } else {
        number(operand);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      if (value instanceof String text && hit("text")) {
        super.visitLdcInsn(text + "x");
      } else if (value instanceof Double number && hit("constant")) {
        super.visitLdcInsn(number * 1.5 + 1);
      } else if (value instanceof Long number && hit("constant")) {
        super.visitLdcInsn(number + 1);
      } else {
        super.visitLdcInsn(value);
      }
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
      if (hit("increment negated")) {
        super.visitIincInsn(variable, -increment);
      } else if (!hit("increment removed")) {
        super.visitIincInsn(variable, increment);
      }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      var negated = NEGATED.get(opcode);
      var boundary = BOUNDARIES.get(opcode);
      if (negated != null && hit("condition negated")) {
        super.visitJumpInsn(negated, label);
      } else if (boundary != null && hit("boundary")) {
        super.visitJumpInsn(boundary, label);
      } else {
        super.visitJumpInsn(opcode, label);
      }
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      if (hit("cases moved")) {
        super.visitTableSwitchInsn(min + 1, max + 1, otherwise, labels);
      } else if (labels.length > 1 && hit("cases swapped")) {
        var swapped = labels.clone();
        swapped[0] = labels[1];
        swapped[1] = labels[0];
        super.visitTableSwitchInsn(min, max, otherwise, swapped);
      } else {
        super.visitTableSwitchInsn(min, max, otherwise, labels);
      }
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      if (keys.length > 0 && hit("last case moved")) {
        var moved = keys.clone();
        moved[moved.length - 1]++;
        super.visitLookupSwitchInsn(otherwise, moved, labels);
      } else if (keys.length > 0 && hit("first case dropped")) {
        var dropped = labels.clone();
        dropped[0] = otherwise;
        super.visitLookupSwitchInsn(otherwise, keys, dropped);
      } else {
        super.visitLookupSwitchInsn(otherwise, keys, labels);
      }
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean removable = descriptor.endsWith(")V") && !name.equals("<init>");
      if (removable && hit("call removed")) {
        var types = Type.getArgumentTypes(descriptor);
        for (int i = types.length - 1; i >= 0; i--) {
          super.visitInsn(types[i].getSize() == 2 ? Opcodes.POP2 : Opcodes.POP);
        }
        if (opcode != Opcodes.INVOKESTATIC) {
          super.visitInsn(Opcodes.POP);
        }
        return;
      }
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      if ((opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC)
          && descriptor.equals("I")
          && hit("stored number")) {
        super.visitInsn(Opcodes.ICONST_1);
        super.visitInsn(Opcodes.IADD);
      }
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }
  }
}
