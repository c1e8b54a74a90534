package dev.colophon.flow.fingerprint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads the instructions of one method into a canonical text: without lines, frames and names of
 * local variables, and the same with and without {@code -g}.
 */
final class CodeScan extends MethodVisitor {
  static final String SWITCH_MAP = "$SwitchMap$";
  private static final String CONTEXT = "dev/colophon/flow/TaskContext";
  private static final String VERSION = "dev/colophon/flow/NewVersion";
  private static final int ENUM_SWITCH = 0xf0;
  private static final int TRY = 0xf1;
  private static final int LONGEST_NAME = 500;

  /** An enum map that was fetched and will be switched over. */
  private record MapUse(String owner, String field) {}

  final HoledText out;
  final CodeLayout layout;
  private final String self;
  private final boolean ofEnumValueOf;
  private final Deque<MapUse> maps = new ArrayDeque<>();
  private final List<PendingSwitch> switches = new ArrayList<>();
  private Optional<String> literal = Optional.empty();
  private int previous = Opcodes.NOP;
  private boolean previousReturnsValue;
  private boolean plain = true;

  private record PendingSwitch(MapUse map, int at, SortedMap<Integer, Label> targets) {}

  /**
   * @param out to which the method's head was written
   * @param self class that declares the method
   * @param ofEnumValueOf whether this is the compiler-made {@code valueOf} of an enum
   */
  CodeScan(HoledText out, String self, boolean ofEnumValueOf) {
    super(Opcodes.ASM9);
    this.out = out;
    this.self = self;
    this.ofEnumValueOf = ofEnumValueOf;
    this.layout = new CodeLayout(out.text);
  }

  /** Whether it does nothing but compute values and set fields of its own instance. */
  boolean isPlain() {
    return plain;
  }

  /** Puts in what is known only when all was read. */
  void finish() {
    settleLiteral("", "");
    layout.settle();
    for (PendingSwitch pending : switches) {
      SortedMap<Integer, Integer> targets = new TreeMap<>();
      pending.targets.forEach((number, label) -> targets.put(number, layout.indexOf(label)));
      var hole = new Hole.EnumSwitch(pending.map.owner, pending.map.field, targets);
      out.text.put4(pending.at, out.number(hole));
    }
    layout.finish();
  }

  private void begin(int opcode) {
    settleLiteral("", "");
    instruction(opcode);
  }

  private void instruction(int opcode) {
    layout.instruction();
    out.text.u1(opcode);
    previous = opcode;
  }

  @Override
  public void visitInsn(int opcode) {
    if ((opcode == Opcodes.POP || opcode == Opcodes.POP2) && previousReturnsValue) {
      plain = false; // called for its effect
    }
    plain &= opcode != Opcodes.MONITORENTER;
    plain &= opcode < Opcodes.IASTORE || opcode > Opcodes.SASTORE;
    int from = out.text.size();
    begin(opcode);
    if (opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.DCONST_1) {
      layout.constant(from);
    }
    previousReturnsValue = false;
  }

  @Override
  public void visitIntInsn(int opcode, int operand) {
    int from = out.text.size();
    begin(opcode);
    out.text.u4(operand);
    if (opcode != Opcodes.NEWARRAY) {
      layout.constant(from);
    }
  }

  @Override
  public void visitVarInsn(int opcode, int variable) {
    boolean stores = opcode >= Opcodes.ISTORE && opcode <= Opcodes.ASTORE;
    begin(opcode);
    layout.variable(variable, stores, opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE ? 2 : 1);
  }

  @Override
  public void visitIincInsn(int variable, int increment) {
    begin(Opcodes.IINC);
    layout.variable(variable, false, 1);
    out.text.u4(increment);
  }

  @Override
  public void visitTypeInsn(int opcode, String type) {
    begin(opcode);
    out.type(type);
    if (opcode == Opcodes.NEW) {
      out.refer(Ref.Kind.NEW, type);
    }
  }

  @Override
  public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
    begin(opcode);
    boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
    plain &= opcode != Opcodes.PUTSTATIC && (opcode != Opcodes.PUTFIELD || owner.equals(self));
    if (opcode == Opcodes.GETSTATIC && name.startsWith(SWITCH_MAP)) {
      maps.push(new MapUse(owner, name));
      return;
    }
    field(
        isStatic ? Ref.Kind.STATIC_FIELD : Ref.Kind.READ,
        opcode == Opcodes.PUTFIELD,
        owner,
        name,
        descriptor);
  }

  private void field(
      Ref.Kind kind, boolean onlyWritten, String owner, String name, String descriptor) {
    out.type(owner);
    if (out.isLocal(owner)) {
      out.hole(new Hole.LocalField(owner, name));
    } else {
      out.text.text(name);
    }
    out.descriptor(descriptor);
    if (!onlyWritten && !owner.startsWith("java/")) {
      out.refer(new Ref(kind, owner, name, descriptor));
    }
  }

  @Override
  public void visitMethodInsn(
      int opcode, String owner, String name, String descriptor, boolean isInterface) {
    settleLiteral(owner, name);
    instruction(opcode);
    boolean isVoid = descriptor.endsWith(")V");
    plain &= !isVoid || name.equals("<init>");
    call(kindOf(opcode), owner, name, descriptor);
    previousReturnsValue = !isVoid;
  }

  private static Ref.Kind kindOf(int opcode) {
    return switch (opcode) {
      case Opcodes.INVOKESTATIC -> Ref.Kind.STATIC;
      case Opcodes.INVOKESPECIAL -> Ref.Kind.SPECIAL;
      default -> Ref.Kind.VIRTUAL;
    };
  }

  private void call(Ref.Kind kind, String owner, String name, String descriptor) {
    out.type(owner);
    boolean outside = owner.startsWith("java/") || owner.startsWith("[");
    if (!outside && name.indexOf('$') >= 0) {
      out.hole(new Hole.Fold(owner, name, descriptor));
    } else {
      out.text.text(name);
    }
    out.descriptor(descriptor);
    if (owner.startsWith("[")) {
      return;
    }
    Outside.undecided(owner, name).ifPresent(what -> out.refer(Ref.of(Ref.Kind.UNDECIDED, what)));
    if (owner.equals(CONTEXT) && (name.equals("asOf") || name.equals("id"))) {
      out.refer(Ref.of(Ref.Kind.ASKS, name));
    }
    if (owner.equals(VERSION)) {
      out.refer(Ref.of(Ref.Kind.STORES, ""));
    }
    if (!outside) {
      out.refer(new Ref(kind, owner, name, descriptor));
    }
  }

  @Override
  public void visitInvokeDynamicInsn(
      String name, String descriptor, Handle bootstrap, Object... arguments) {
    if (arguments.length > 1 && arguments[1] instanceof Handle called) {
      settleLiteral(called.getOwner(), called.getName());
    }
    begin(Opcodes.INVOKEDYNAMIC);
    bootstrapped(name, descriptor, bootstrap, arguments);
    if (bootstrap.getOwner().equals("java/lang/invoke/LambdaMetafactory")) {
      out.refer(Ref.Kind.NEW, Type.getReturnType(descriptor).getInternalName());
      for (int i = 3; i < arguments.length; i++) {
        if (arguments[i] instanceof Type marker && marker.getSort() == Type.OBJECT) {
          out.refer(Ref.Kind.NEW, marker.getInternalName());
        }
      }
    }
    previousReturnsValue = true;
  }

  private void bootstrapped(String name, String descriptor, Handle bootstrap, Object... arguments) {
    out.text.text(name);
    out.descriptor(descriptor);
    boolean known = Outside.isPlainBootstrap(bootstrap.getOwner());
    if (known) {
      out.text.text(bootstrap.getOwner() + "." + bootstrap.getName());
    } else {
      handle(bootstrap);
    }
    out.text.u4(arguments.length);
    for (Object argument : arguments) {
      constant(argument);
      if (!known && argument instanceof Type type && type.getSort() != Type.METHOD) {
        out.refer(Ref.Kind.LITERAL, type.getInternalName());
      }
    }
  }

  private void handle(Handle handle) {
    out.text.u1('H');
    out.text.u1(handle.getTag());
    switch (handle.getTag()) {
      case Opcodes.H_GETFIELD, Opcodes.H_PUTFIELD ->
          field(Ref.Kind.READ, false, handle.getOwner(), handle.getName(), handle.getDesc());
      case Opcodes.H_GETSTATIC, Opcodes.H_PUTSTATIC ->
          field(
              Ref.Kind.STATIC_FIELD, false, handle.getOwner(), handle.getName(), handle.getDesc());
      case Opcodes.H_INVOKESTATIC ->
          call(Ref.Kind.STATIC, handle.getOwner(), handle.getName(), handle.getDesc());
      case Opcodes.H_INVOKESPECIAL ->
          call(Ref.Kind.SPECIAL, handle.getOwner(), handle.getName(), handle.getDesc());
      case Opcodes.H_NEWINVOKESPECIAL -> {
        call(Ref.Kind.SPECIAL, handle.getOwner(), handle.getName(), handle.getDesc());
        out.refer(Ref.Kind.NEW, handle.getOwner());
      }
      default -> call(Ref.Kind.VIRTUAL, handle.getOwner(), handle.getName(), handle.getDesc());
    }
  }

  @Override
  public void visitLdcInsn(Object value) {
    int from = out.text.size();
    begin(Opcodes.LDC);
    constant(value);
    if (value instanceof Type type && type.getSort() != Type.METHOD) {
      literal = Optional.of(type.getInternalName());
    } else if (!(value instanceof Type) && !(value instanceof Handle)) {
      layout.constant(from);
    }
  }

  private void constant(Object value) {
    switch (value) {
      case Integer number -> tagged('I', number);
      case Float number -> tagged('F', Float.floatToRawIntBits(number));
      case Long number -> tagged('J', number);
      case Double number -> tagged('D', Double.doubleToRawLongBits(number));
      case String string -> {
        out.text.u1('S');
        out.text.text(string);
        if (couldBeClass(string)) {
          out.refer(Ref.of(Ref.Kind.STRING, string.replace('.', '/')));
        }
      }
      case Type type when type.getSort() == Type.METHOD -> {
        out.text.u1('M');
        out.descriptor(type.getDescriptor());
      }
      case Type type -> {
        out.text.u1('C');
        if (type.getSort() < Type.ARRAY) {
          out.text.text(type.getDescriptor());
        } else {
          out.type(type.getInternalName());
        }
      }
      case Handle handle -> handle(handle);
      case ConstantDynamic dynamic -> {
        out.text.u1('Y');
        Object[] arguments = new Object[dynamic.getBootstrapMethodArgumentCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = dynamic.getBootstrapMethodArgument(i);
        }
        bootstrapped(
            dynamic.getName(), dynamic.getDescriptor(), dynamic.getBootstrapMethod(), arguments);
      }
      default -> throw new IllegalArgumentException("constant of " + value.getClass());
    }
  }

  private void tagged(int tag, int value) {
    out.text.u1(tag);
    out.text.u4(value);
  }

  private void tagged(int tag, long value) {
    out.text.u1(tag);
    out.text.u8(value);
  }

  private static boolean couldBeClass(String text) {
    if (text.isEmpty()
        || text.length() > LONGEST_NAME
        || !Character.isJavaIdentifierStart(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isJavaIdentifierPart(c) && c != '.' && c != '/') {
        return false;
      }
    }
    return true;
  }

  /** Decides what becomes of a class literal by the instruction that takes it from the stack. */
  private void settleLiteral(String owner, String name) {
    if (literal.isEmpty()) {
      return;
    }
    var type = literal.get();
    literal = Optional.empty();
    if (Outside.takesConstants(owner, name) || (ofEnumValueOf && type.equals(self))) {
      out.refer(Ref.Kind.INITIALISE, type);
    } else if (!Outside.takesName(owner, name)) {
      out.refer(Ref.Kind.LITERAL, type);
    }
  }

  @Override
  public void visitJumpInsn(int opcode, Label label) {
    if (opcode == Opcodes.IF_ACMPEQ || opcode == Opcodes.IF_ACMPNE) {
      literal = Optional.empty(); // compared, no more
    }
    begin(opcode);
    layout.target(label);
  }

  @Override
  public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
    var keys = new int[labels.length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = min + i;
    }
    select(otherwise, keys, labels);
  }

  @Override
  public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
    select(otherwise, keys, labels);
  }

  /** Which of the two instructions javac takes depends on the numbers alone. */
  private void select(Label otherwise, int[] keys, Label[] labels) {
    boolean byMap = previous == Opcodes.IALOAD && !maps.isEmpty();
    begin(byMap ? ENUM_SWITCH : Opcodes.LOOKUPSWITCH);
    layout.target(otherwise);
    SortedMap<Integer, Label> targets = new TreeMap<>();
    for (int i = 0; i < keys.length; i++) {
      if (!labels[i].equals(otherwise)) {
        targets.put(keys[i], labels[i]);
      }
    }
    if (byMap) {
      switches.add(new PendingSwitch(maps.pop(), out.text.size(), targets));
      out.text.u4(0);
      targets.values().forEach(layout::uses);
      return;
    }
    out.text.u4(targets.size());
    targets.forEach(
        (key, label) -> {
          out.text.u4(key);
          layout.target(label);
        });
  }

  @Override
  public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
    begin(Opcodes.MULTIANEWARRAY);
    out.type(descriptor);
    out.text.u4(dimensions);
  }

  @Override
  public void visitLabel(Label label) {
    layout.label(label);
  }

  @Override
  public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
    out.text.u1(TRY);
    layout.target(start);
    layout.target(end);
    layout.target(handler);
    out.type(type == null ? "" : type);
  }

  @Override
  public void visitLocalVariable(
      String name,
      String descriptor,
      @Nullable String signature,
      Label start,
      Label end,
      int index) {
    layout.scope(index, start, end);
  }
}
