package dev.colophon.flow.fingerprint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/**
 * Which methods let the flow's own instance out of sight. In sight it is while it goes by its own
 * type, among the flow class and those nested in it: there, each read of a parameter is seen.
 * Confined to one thread.
 */
final class Leaks {
  private final String flow;
  private final Function<String, Optional<byte[]>> classFiles;
  private final Map<String, Set<String>> leaking = new HashMap<>();
  private Optional<Set<String>> members = Optional.empty();

  /**
   * @param flow internal name of the flow class
   * @param classFiles finds class files by internal name
   */
  Leaks(String flow, Function<String, Optional<byte[]>> classFiles) {
    this.flow = flow;
    this.classFiles = classFiles;
  }

  String flow() {
    return flow;
  }

  private boolean isNear(String type) {
    return type.equals(flow) || type.startsWith(flow + "$");
  }

  boolean isLeaked(dev.colophon.flow.fingerprint.MethodNode method) {
    var owner = method.owner().name();
    var facts = method.facts();
    if (isNear(owner)) {
      var members = leaking.get(owner);
      if (members == null) {
        members = classFiles.apply(owner).map(this::read).orElse(Set.of());
        leaking.put(owner, members);
      }
      return members.contains(facts.name() + facts.descriptor());
    }
    return false;
  }

  private Set<String> read(byte[] classFile) {
    var node = new org.objectweb.asm.tree.ClassNode();
    new ClassReader(classFile).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    Set<String> found = new HashSet<>();
    for (MethodNode method : node.methods) {
      var watch = new Watch();
      try {
        new Analyzer<>(watch).analyze(node.name, method);
      } catch (AnalyzerException | IndexOutOfBoundsException e) {
        watch.leaked = true; // what can't be followed may do anything
      }
      if (watch.leaked) {
        found.add(method.name + method.desc);
      }
    }
    return found;
  }

  /** Follows the instance through a method. */
  private final class Watch extends BasicInterpreter {
    private final Type type = Type.getObjectType(flow);
    private final BasicValue instance = new BasicValue(type);
    private boolean leaked;

    Watch() {
      super(Opcodes.ASM9);
    }

    private boolean isFlow(BasicValue value) {
      return type.equals(value.getType());
    }

    @Override
    public BasicValue newValue(@Nullable Type of) {
      return type.equals(of) ? instance : super.newValue(of);
    }

    @Override
    public BasicValue merge(BasicValue one, BasicValue other) {
      boolean either = isFlow(one) || isFlow(other);
      return either && one.isReference() && other.isReference()
          ? instance
          : super.merge(one, other);
    }

    @Override
    public BasicValue copyOperation(AbstractInsnNode instruction, BasicValue value)
        throws AnalyzerException {
      return isFlow(value) ? instance : super.copyOperation(instruction, value);
    }

    @Override
    public @Nullable BasicValue unaryOperation(AbstractInsnNode instruction, BasicValue value)
        throws AnalyzerException {
      if (isFlow(value)) {
        switch (instruction.getOpcode()) {
          case Opcodes.CHECKCAST ->
              leaked |= !(instruction instanceof TypeInsnNode cast && cast.desc.equals(flow));
          case Opcodes.PUTSTATIC -> leaked = true;
          default -> {}
        }
      }
      return super.unaryOperation(instruction, value);
    }

    @Override
    public @Nullable BasicValue binaryOperation(
        AbstractInsnNode instruction, BasicValue one, BasicValue other) throws AnalyzerException {
      if (isFlow(other) && instruction instanceof FieldInsnNode field) {
        leaked |= !(isNear(field.owner) && field.desc.equals(type.getDescriptor()));
      }
      return super.binaryOperation(instruction, one, other);
    }

    @Override
    public @Nullable BasicValue ternaryOperation(
        AbstractInsnNode instruction, BasicValue one, BasicValue two, BasicValue three)
        throws AnalyzerException {
      leaked |= isFlow(three);
      return super.ternaryOperation(instruction, one, two, three);
    }

    @Override
    public void returnOperation(
        AbstractInsnNode instruction, BasicValue value, BasicValue expected) {
      leaked |= isFlow(value);
    }

    @Override
    public BasicValue naryOperation(AbstractInsnNode instruction, List<? extends BasicValue> values)
        throws AnalyzerException {
      if (isFlow(values.isEmpty() ? BasicValue.UNINITIALIZED_VALUE : values.getFirst())
          && isNullCheck(instruction)) {
        return instance; // by javac, wherever an inner class is made
      }
      if (instruction instanceof MethodInsnNode call) {
        boolean isStatic = call.getOpcode() == Opcodes.INVOKESTATIC;
        if (!isStatic && isFlow(values.getFirst())) {
          leaked |= !isOwn(call.owner, call.name, call.desc);
        }
        pass(call.desc, isNear(call.owner), values.subList(isStatic ? 0 : 1, values.size()));
      } else if (instruction instanceof InvokeDynamicInsnNode call) {
        pass(call.desc, isBoundNear(call), values);
      }
      return super.naryOperation(instruction, values);
    }

    private static boolean isNullCheck(AbstractInsnNode instruction) {
      return instruction instanceof MethodInsnNode call
          && call.owner.equals("java/util/Objects")
          && call.name.equals("requireNonNull")
          && call.desc.startsWith("(Ljava/lang/Object;)");
    }

    private void pass(String descriptor, boolean near, List<? extends BasicValue> values) {
      var types = Type.getArgumentTypes(descriptor);
      for (int i = 0; i < values.size(); i++) {
        boolean seen = near && types[i].equals(type);
        leaked |= isFlow(values.get(i)) && !seen;
      }
    }

    /** What a superclass of the flow does with its own instance isn't watched. */
    private boolean isOwn(String owner, String name, String descriptor) {
      return owner.equals("java/lang/Object")
          || (owner.equals(flow) && declared(name + descriptor));
    }

    private boolean isBoundNear(InvokeDynamicInsnNode call) {
      return call.bsm.getOwner().equals("java/lang/invoke/LambdaMetafactory")
          && call.bsmArgs.length > 1
          && call.bsmArgs[1] instanceof Handle handle
          && isNear(handle.getOwner());
    }
  }

  private boolean declared(String member) {
    return members().contains(member);
  }

  private Set<String> members() {
    var known = members;
    if (known.isEmpty()) {
      Set<String> found = new HashSet<>();
      classFiles
          .apply(flow)
          .ifPresent(
              bytes -> {
                var node = new org.objectweb.asm.tree.ClassNode();
                new ClassReader(bytes).accept(node, ClassReader.SKIP_CODE);
                node.methods.forEach(method -> found.add(method.name + method.desc));
              });
      known = Optional.of(found);
      members = known;
    }
    return known.get();
  }
}
