package dev.colophon.flow.reflect;

import dev.colophon.flow.graph.Position;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * What a class file tells of its source: the file's name, the first line of each method's body, the
 * line of each field's initialiser, and the order in which all were written, which reflection does
 * not keep.
 */
final class ClassLines {
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<String> order = new ArrayList<>();
  private String file;

  private ClassLines(String file) {
    this.file = file;
  }

  /** Reads as much as there is: nothing, if the class loader doesn't show the class file. */
  static ClassLines of(Class<?> type) {
    var simple = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    var lines = new ClassLines(simple.replaceFirst("\\$.*", "") + ".java");
    try (InputStream in = type.getResourceAsStream(simple + ".class")) {
      if (in != null) {
        new ClassReader(in).accept(lines.new Reader(), ClassReader.SKIP_FRAMES);
      }
    } catch (IOException | IllegalArgumentException e) {
      // Unreadable, or newer than ASM knows: a position without a line is still a position.
      lines.order.clear();
    }
    return lines;
  }

  /** The line of the class's own name, which its default constructor bears; or its first line. */
  Position ofClass() {
    return at(first("<init>").orElseGet(() -> first("").orElse(0)));
  }

  private Optional<Integer> first(String start) {
    return lines.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(start))
        .map(Map.Entry::getValue)
        .min(Comparator.naturalOrder());
  }

  Position of(Method method) {
    return at(lines.getOrDefault(key(method), 0));
  }

  Position of(Field field) {
    return at(lines.getOrDefault(field.getName(), 0));
  }

  Comparator<Method> methodOrder() {
    return Comparator.comparingInt(method -> order.indexOf(key(method)));
  }

  Comparator<Field> fieldOrder() {
    return Comparator.comparingInt(field -> order.indexOf(field.getName()));
  }

  private Position at(int line) {
    return new Position(file, line, 0);
  }

  private static String key(Method method) {
    return method.getName() + Type.getMethodDescriptor(method);
  }

  private final class Reader extends ClassVisitor {
    private String self = "";

    Reader() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        @Nullable String signature,
        @Nullable String superName,
        String @Nullable [] interfaces) {
      self = name;
    }

    @Override
    public void visitSource(@Nullable String source, @Nullable String debug) {
      if (source != null) {
        file = source;
      }
    }

    @Override
    public @Nullable FieldVisitor visitField(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Object value) {
      order.add(name);
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      var method = name + descriptor;
      order.add(method);
      return new MethodVisitor(Opcodes.ASM9) {
        private int line;

        @Override
        public void visitLineNumber(int number, Label start) {
          line = number;
          lines.merge(method, number, Math::min);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          boolean sets = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
          if (sets && name.startsWith("<") && owner.equals(self)) {
            lines.putIfAbsent(field, line);
          }
        }
      };
    }
  }
}
