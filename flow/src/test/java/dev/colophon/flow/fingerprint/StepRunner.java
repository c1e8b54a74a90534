package dev.colophon.flow.fingerprint;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import dev.colophon.flow.codec.Stored;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.graph.FlowGraph.StepNode;
import dev.colophon.flow.graph.FlowType;
import dev.colophon.flow.reflect.ReflectedFlow;
import dev.colophon.flow.reflect.ReflectedType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Runs the steps of a flow in order, in a class loader of their own, each with inputs that were
 * stored and read again, as the engine does.
 */
final class StepRunner {
  private static final String BUDGET = Budget.class.getName().replace('.', '/');

  private final Map<Digest, byte[]> kept = new HashMap<>();
  private final Contents contents = new Memory();

  /**
   * What each step leaves behind, as a text that two equal outcomes share.
   *
   * @param classes class files by name
   * @param stored what each step reads of the earlier ones; filled with what is missing
   * @param parameters values of the flow's fields
   */
  Map<Name, String> run(
      Map<String, byte[]> classes,
      String flow,
      Map<String, Stored> stored,
      Map<String, Object> parameters) {
    var loader = new Loader(classes);
    Map<Name, String> outcomes = new LinkedHashMap<>();
    try {
      var type = Class.forName(flow, false, loader);
      FlowGraph graph = ReflectedFlow.graph(type);
      for (StepNode step : graph.steps()) {
        outcomes.put(step.name(), outcome(type, step, stored, parameters));
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
    return outcomes;
  }

  private String outcome(
      Class<?> type, StepNode step, Map<String, Stored> stored, Map<String, Object> parameters) {
    Budget.refill();
    var codecs = new Codecs();
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      var flow = constructor.newInstance();
      for (var parameter : parameters.entrySet()) {
        var field = type.getDeclaredField(parameter.getKey());
        field.setAccessible(true);
        field.set(flow, parameter.getValue());
      }
      @Nullable Object[] arguments = new @Nullable Object[step.arguments().size()];
      for (int i = 0; i < arguments.length; i++) {
        var argument = step.arguments().get(i);
        var input = stored.get(argument.name());
        arguments[i] =
            input == null
                ? Optional.ofNullable(parameters.get(argument.name())).orElseThrow()
                : codecs.decode(typeOf(argument.type()), input, contents, Path.of("none"));
      }
      var method = method(type, step);
      var result = method.invoke(flow, arguments);
      var encoded = codecs.encode(typeOf(step.result()), result, contents);
      stored.putIfAbsent(step.name().text(), encoded);
      return encoded.codec() + " " + encoded.artifact().digest();
    } catch (InvocationTargetException e) {
      return "threw " + e.getCause();
    } catch (LinkageError | IOException | ReflectiveOperationException | RuntimeException e) {
      return "threw " + e;
    }
  }

  private static Method method(Class<?> type, StepNode step) {
    var method =
        Arrays.stream(type.getDeclaredMethods())
            .filter(each -> each.getName().equals(step.method()) && !each.isSynthetic())
            .findFirst()
            .orElseThrow();
    method.setAccessible(true);
    return method;
  }

  private static Type typeOf(FlowType type) {
    return type instanceof ReflectedType reflected ? reflected.type() : Object.class;
  }

  private static final class Loader extends ClassLoader {
    private final Map<String, byte[]> classes;

    Loader(Map<String, byte[]> classes) {
      super(StepRunner.class.getClassLoader());
      this.classes = classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      var bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      var counted = counted(bytes);
      return defineClass(name, counted, 0, counted.length);
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      var bytes = classes.get(name.replace(".class", "").replace('/', '.'));
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  /** The class with calls of {@link Budget#tick}. */
  private static byte[] counted(byte[] classFile) {
    var writer = new ClassWriter(0);
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(Opcodes.ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access,
                  String name,
                  String descriptor,
                  @Nullable String signature,
                  String @Nullable [] exceptions) {
                var next = super.visitMethod(access, name, descriptor, signature, exceptions);
                return new MethodVisitor(Opcodes.ASM9, next) {
                  @Override
                  public void visitCode() {
                    super.visitCode();
                    tick();
                  }

                  @Override
                  public void visitJumpInsn(int opcode, Label label) {
                    tick();
                    super.visitJumpInsn(opcode, label);
                  }

                  private void tick() {
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, BUDGET, "tick", "()V", false);
                  }
                };
              }
            },
            0);
    return writer.toByteArray();
  }

  private final class Memory implements Contents {
    @Override
    public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
      var bytes = new ByteArrayOutputStream();
      writer.writeTo(bytes);
      var digest = Digest.of(bytes.toByteArray());
      kept.put(digest, bytes.toByteArray());
      return new Artifact.Blob(digest, bytes.size());
    }

    @Override
    public Artifact.Blob putFile(Path file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(Digest digest) {
      var bytes = kept.get(digest);
      if (bytes == null) {
        throw new IllegalStateException("nothing kept of " + digest);
      }
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public void copyTo(Digest digest, Path file) {
      throw new UnsupportedOperationException();
    }
  }
}
