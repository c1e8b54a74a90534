package dev.colophon.flow.fingerprint;

import dev.colophon.flow.fingerprint.ClassFacts.Component;
import dev.colophon.flow.fingerprint.ClassFacts.Constant;
import dev.colophon.flow.fingerprint.ClassFacts.FieldFacts;
import dev.colophon.flow.fingerprint.ClassFacts.MethodFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.RecordComponentVisitor;

/** Reads a class file into {@link ClassFacts}. */
final class ClassScan extends ClassVisitor {
  /** Flags of a class that change what its code does. */
  private static final int TYPE_FLAGS =
      Opcodes.ACC_INTERFACE | Opcodes.ACC_ABSTRACT | Opcodes.ACC_ENUM | Opcodes.ACC_RECORD;

  private final Set<String> locals = new HashSet<>();
  private final Map<String, String> outers = new HashMap<>();
  private final List<String> captured = new ArrayList<>();
  private final List<FieldFacts> fields = new ArrayList<>();
  private final List<MethodFacts> methods = new ArrayList<>();
  private final List<Component> components = new ArrayList<>();
  private final Set<String> componentTypes = new LinkedHashSet<>();
  private final Set<String> memberTypes = new LinkedHashSet<>();
  private final List<String> permitted = new ArrayList<>();
  private final List<byte[]> methodHeads = new ArrayList<>();
  private final Map<String, SortedMap<Integer, Constant>> switchMaps = new HashMap<>();
  private final HoledText members = new HoledText(locals);
  private String name = "";
  private int access;
  private String superName = "";
  private List<String> interfaces = List.of();
  private @Nullable String signature;
  private boolean needsDebug;

  private ClassScan() {
    super(Opcodes.ASM9);
  }

  /**
   * Reads a class file.
   *
   * @throws IllegalArgumentException if it is none, or newer than can be read
   */
  static ClassFacts of(byte[] classFile) {
    try {
      var reader = new ClassReader(classFile);
      var quick = new ClassScan();
      reader.accept(quick, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      if (!quick.needsDebug) {
        return quick.facts();
      }
      var whole = new ClassScan();
      reader.accept(whole, ClassReader.SKIP_FRAMES);
      return whole.facts();
    } catch (IndexOutOfBoundsException | ClassCastException | NegativeArraySizeException e) {
      throw new IllegalArgumentException("damaged class file", e);
    }
  }

  private ClassFacts facts() {
    methodHeads.sort(Arrays::compare);
    methodHeads.forEach(members.text::raw);
    return new ClassFacts(
        name,
        access,
        superName,
        interfaces,
        locals.contains(name),
        shape(),
        members.code(),
        new ArrayList<>(memberTypes),
        new ArrayList<>(componentTypes),
        components,
        permitted,
        captured,
        switchMaps,
        fields,
        methods);
  }

  private Code shape() {
    var text = new HoledText(locals);
    text.type(name);
    text.text.u4(access & TYPE_FLAGS);
    text.type(superName);
    interfaces.stream().sorted().forEach(text::type);
    text.text.u4(components.size());
    for (Component component : components) {
      text.text.text(component.name());
      text.descriptor(component.descriptor());
    }
    permitted.stream().sorted().forEach(text::type);
    return text.code();
  }

  @Override
  public void visit(
      int version,
      int flags,
      String type,
      @Nullable String generic,
      @Nullable String parent,
      String @Nullable [] faces) {
    name = type;
    access = flags;
    superName = parent == null ? "" : parent;
    interfaces = faces == null ? List.of() : List.of(faces);
    signature = generic;
  }

  @Override
  public void visitOuterClass(String owner, @Nullable String method, @Nullable String descriptor) {
    locals.add(name);
  }

  /** Told before any member. */
  @Override
  public void visitInnerClass(
      String type, @Nullable String outer, @Nullable String simple, int flags) {
    outers.put(type, outer == null ? "" : outer);
    if (type.equals(name)) {
      members.text.text(simple == null ? "" : simple);
    }
    boolean found = true;
    while (found) {
      found = false;
      for (Map.Entry<String, String> inner : outers.entrySet()) {
        boolean local = inner.getValue().isEmpty() || locals.contains(inner.getValue());
        found |= local && locals.add(inner.getKey());
      }
    }
  }

  @Override
  public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
    return annotation(members, descriptor);
  }

  private AnnotationText annotation(HoledText out, String descriptor) {
    out.text.text(descriptor);
    return new AnnotationText(out, memberTypes::add, (key, value) -> {});
  }

  @Override
  public void visitPermittedSubclass(String type) {
    permitted.add(type);
  }

  @Override
  public @Nullable RecordComponentVisitor visitRecordComponent(
      String component, String descriptor, @Nullable String generic) {
    components.add(new Component(component, generic == null ? descriptor : generic));
    componentTypes.addAll(Signatures.types(generic, descriptor));
    return null;
  }

  @Override
  public @Nullable FieldVisitor visitField(
      int flags,
      String field,
      String descriptor,
      @Nullable String generic,
      @Nullable Object value) {
    if ((flags & Opcodes.ACC_SYNTHETIC) != 0) {
      captured.add(field);
      return null;
    }
    var types = Signatures.types(generic, descriptor);
    memberTypes.addAll(types);
    Optional<String> constant =
        value == null || (flags & Opcodes.ACC_STATIC) == 0
            ? Optional.empty()
            : Optional.of(value.getClass().getSimpleName() + " " + value);
    members.text.text(field);
    members.text.u4(flags);
    members.descriptor(generic == null ? descriptor : generic);
    members.text.text(constant.orElse(""));
    return new FieldScan(new FieldFacts(field, descriptor, flags, constant, false, types));
  }

  /** Looks whether a field is a parameter. */
  private final class FieldScan extends FieldVisitor {
    private FieldFacts field;

    FieldScan(FieldFacts field) {
      super(Opcodes.ASM9);
      this.field = field;
    }

    @Override
    public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
      if (descriptor.equals("Ldev/colophon/flow/Param;")) {
        field =
            new FieldFacts(
                field.name(),
                field.descriptor(),
                field.access(),
                field.value(),
                true,
                field.types());
      }
      return annotation(members, descriptor);
    }

    @Override
    public void visitEnd() {
      fields.add(field);
    }
  }

  @Override
  public MethodVisitor visitMethod(
      int flags,
      String method,
      String descriptor,
      @Nullable String generic,
      String @Nullable [] exceptions) {
    return new MethodScan(flags, method, descriptor, generic == null ? descriptor : generic);
  }

  /** A method's annotations, then its code. */
  private final class MethodScan extends MethodVisitor {
    private final int flags;
    private final String method;
    private final String descriptor;
    private final String generic;
    private final HoledText head = new HoledText(Set.of());
    private final CodeScan code;
    private Optional<String> step = Optional.empty();

    MethodScan(int flags, String method, String descriptor, String generic) {
      super(Opcodes.ASM9);
      this.flags = flags;
      this.method = method;
      this.descriptor = descriptor;
      this.generic = generic;
      var body = new HoledText(locals);
      body.text.u4(flags & ~Opcodes.ACC_DEPRECATED & ~Opcodes.ACC_FINAL);
      boolean folded =
          is(Opcodes.ACC_SYNTHETIC) && !is(Opcodes.ACC_BRIDGE) && method.indexOf('$') >= 0;
      body.text.text(folded ? "" : method);
      body.descriptor(descriptor);
      this.code = new CodeScan(body, name, isEnumValueOf());
      if (!is(Opcodes.ACC_SYNTHETIC)) {
        head.text.text(method);
        head.text.u4(flags);
        head.text.text(generic);
      }
    }

    private boolean is(int flag) {
      return (flags & flag) != 0;
    }

    private boolean isEnumValueOf() {
      return (access & Opcodes.ACC_ENUM) != 0
          && method.equals("valueOf")
          && descriptor.startsWith("(Ljava/lang/String;)");
    }

    @Override
    public AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
      head.text.text(annotation);
      if (annotation.equals("Ldev/colophon/flow/Step;")) {
        step = Optional.of("");
        return new AnnotationText(
            head,
            memberTypes::add,
            (key, value) -> {
              if (key.equals("value")) {
                step = Optional.of(value.toString());
              }
            });
      }
      return new AnnotationText(head, memberTypes::add, (key, value) -> {});
    }

    @Override
    public AnnotationVisitor visitParameterAnnotation(
        int parameter, String annotation, boolean visible) {
      head.text.u4(parameter);
      return annotation(head, annotation);
    }

    @Override
    public AnnotationVisitor visitAnnotationDefault() {
      return annotation(head, "");
    }

    @Override
    public void visitCode() {
      mv = method.equals("<clinit>") ? new SwitchMapScan(code, switchMaps) : code;
    }

    @Override
    public void visitEnd() {
      needsDebug |= code.layout.mayHaveLocalConstants();
      code.finish();
      var types = Signatures.types(generic, descriptor);
      if (!is(Opcodes.ACC_SYNTHETIC)) {
        memberTypes.addAll(types);
        methodHeads.add(head.text.copy());
      }
      methods.add(
          new MethodFacts(
              method,
              descriptor,
              flags,
              code.out.code(),
              code.out.refs(),
              step,
              step.isPresent() ? generic : "",
              step.isPresent() ? types : List.of(),
              code.isPlain()));
    }
  }

  @Override
  public void visitEnd() {
    members.descriptor(signature == null ? "" : signature);
  }
}
