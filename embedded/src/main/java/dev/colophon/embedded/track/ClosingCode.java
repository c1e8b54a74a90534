package dev.colophon.embedded.track;

import dev.colophon.embedded.track.TryBlock.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The code of a method that closes something. Confined to one thread. */
final class ClosingCode {
  private static final int API = Opcodes.ASM9;
  private static final String THROWABLE = "java/lang/Throwable";

  private final MethodNode method;
  private final List<AbstractInsnNode> code;
  private final List<Integer> offsets;

  private ClosingCode(MethodNode method, List<Integer> offsets) {
    this.method = method;
    this.code =
        Arrays.stream(method.instructions.toArray()).filter(one -> one.getOpcode() >= 0).toList();
    this.offsets = List.copyOf(offsets);
  }

  /**
   * Reads a class file.
   *
   * @return empty if it has no such method
   * @throws RuntimeException of any kind if it is no class file
   */
  static Optional<ClosingCode> read(InputStream in, String name, String descriptor)
      throws IOException {
    List<Integer> offsets = new ArrayList<>();
    ClassReader reader =
        new ClassReader(in) {
          @Override
          protected void readBytecodeInstructionOffset(int offset) {
            offsets.add(offset); // of the one method that is visited
          }
        };
    MethodNode found = new MethodNode(API, 0, name, descriptor, null, null);
    reader.accept(
        new ClassVisitor(API) {
          @Override
          public @Nullable MethodVisitor visitMethod(
              int access,
              String each,
              String type,
              @Nullable String signature,
              String @Nullable [] exceptions) {
            return each.equals(name) && type.equals(descriptor) ? found : null;
          }
        },
        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return offsets.isEmpty() ? Optional.empty() : Optional.of(new ClosingCode(found, offsets));
  }

  /**
   * How the block was left that makes a call of {@code close}.
   *
   * @param offset where the call lies in the method, in bytes
   */
  Exit exit(int offset) {
    int call = offsets.indexOf(offset);
    if (call < 0 || !calls(call, "close")) {
      return Exit.UNKNOWN;
    }
    return method.tryCatchBlocks.stream().anyMatch(handler -> isLeft(handler, call))
        ? Exit.EXCEPTION
        : Exit.END;
  }

  private boolean isLeft(TryCatchBlockNode handler, int call) {
    int begin = place(handler.handler);
    boolean guarded = place(handler.start) <= call && call < place(handler.end);
    boolean takesAll = Optional.ofNullable(handler.type).orElse(THROWABLE).equals(THROWABLE);
    return (guarded && addsSuppressed(begin)) || (takesAll && isWithin(begin, call));
  }

  /** Index of the first instruction behind a label. */
  private int place(LabelNode label) {
    AbstractInsnNode next = label;
    while (next != null && next.getOpcode() < 0) {
      next = next.getNext();
    }
    return next == null ? code.size() : code.indexOf(next);
  }

  /** What {@code close} throws is added to the exception in flight: a block with resources. */
  private boolean addsSuppressed(int begin) {
    return is(begin, Opcodes.ASTORE)
        && is(begin + 1, Opcodes.ALOAD)
        && local(begin + 1) != local(begin)
        && is(begin + 2, Opcodes.ALOAD)
        && local(begin + 2) == local(begin)
        && calls(begin + 3, "addSuppressed");
  }

  /**
   * Whether the call lies between the handler's taking of an exception and its throwing it again:
   * the code of {@code finally}. A run that begins there has a block of its own.
   */
  private boolean isWithin(int begin, int call) {
    if (call <= begin || !is(begin, Opcodes.ASTORE)) {
      return false;
    }
    int exception = local(begin);
    int run = is(call - 1, Opcodes.ALOAD) ? local(call - 1) : -1;
    for (int i = begin + 1; i < code.size(); i++) {
      if (is(i, Opcodes.ASTORE) && (local(i) == exception || (i < call && local(i) == run))) {
        return false;
      }
      if (is(i, Opcodes.ALOAD) && local(i) == exception && is(i + 1, Opcodes.ATHROW)) {
        return i > call;
      }
    }
    return false;
  }

  private boolean is(int index, int opcode) {
    return index < code.size() && code.get(index).getOpcode() == opcode;
  }

  private int local(int index) {
    return code.get(index) instanceof VarInsnNode instruction ? instruction.var : -1;
  }

  private boolean calls(int index, String name) {
    return index < code.size()
        && code.get(index) instanceof MethodInsnNode instruction
        && instruction.name.equals(name);
  }
}
