package dev.colophon.flow.fingerprint;

import dev.colophon.flow.fingerprint.ClassFacts.Constant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Reads, besides what the next visitor reads, the maps that javac makes for switches over enums:
 * {@code map[Colour.RED.ordinal()] = 1}.
 */
final class SwitchMapScan extends MethodVisitor {
  private final Map<String, SortedMap<Integer, Constant>> maps;
  private Optional<String> map = Optional.empty();
  private Optional<Constant> constant = Optional.empty();
  private int number;

  SwitchMapScan(MethodVisitor next, Map<String, SortedMap<Integer, Constant>> maps) {
    super(Opcodes.ASM9, next);
    this.maps = maps;
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    super.visitFieldInsn(opcode, owner, name, descriptor);
    if (opcode == Opcodes.GETSTATIC && name.startsWith(CodeScan.SWITCH_MAP)) {
      map = Optional.of(name);
    } else if (opcode == Opcodes.GETSTATIC) {
      constant = Optional.of(new Constant(owner, name));
    }
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    super.visitIntInsn(opcode, operand);
    number = operand;
  }

  @Override
  public void visitLdcInsn(Object value) {
    super.visitLdcInsn(value);
    number = value instanceof Integer integer ? integer : 0;
  }

  @Override
  public void visitInsn(int opcode) {
    super.visitInsn(opcode);
    if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5) {
      number = opcode - Opcodes.ICONST_0;
    } else if (opcode == Opcodes.IASTORE && map.isPresent() && constant.isPresent()) {
      maps.computeIfAbsent(map.get(), key -> new TreeMap<>()).put(number, constant.get());
      map = Optional.empty();
      constant = Optional.empty();
    }
  }
}
