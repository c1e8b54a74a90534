package dev.colophon.flow.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records are stored whoever may see them, and whatever class loader they come from. */
final class ForeignCodeTest {
  private static final String SOURCE =
      """
      import java.util.List;

      public class Plain {
        private record Inner(int a, List<Mark> marks) {}
        private enum Mark { GOOD }
        private sealed interface Kind { }
        private record Small(Inner inner) implements Kind {}

        static Inner inner() { return new Inner(1, List.of(Mark.GOOD)); }
        static List<Kind> kinds() { return List.of(new Small(inner())); }
        static Outside outside() { return new Outside("x"); }
      }

      record Outside(String text) {}
      """;

  private final MemoryContents contents = new MemoryContents();
  private final Codecs codecs = new Codecs();

  @TempDir private Path folder;

  @BeforeEach
  void compile() throws IOException {
    Path source = Files.writeString(folder.resolve("Plain.java"), SOURCE);
    var compiler = ToolProvider.getSystemJavaCompiler();
    var messages = new StringWriter();
    var files = compiler.getStandardFileManager(null, null, null);
    var options = List.of("-d", folder.toString(), "-proc:none");
    assertThat(
            compiler
                .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
                .call())
        .as(messages.toString())
        .isTrue();
    files.close();
  }

  private URLClassLoader loader() throws IOException {
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
  }

  private String roundTrip(ClassLoader loader, String method) throws Exception {
    Method step = step(loader, method);
    Object value = step.invoke(null);
    Type type = step.getGenericReturnType();
    Stored stored = codecs.encode(type, value, contents);
    assertThat(codecs.decode(type, stored, contents, folder)).isEqualTo(value);
    return contents.text(stored.artifact());
  }

  private static Method step(ClassLoader loader, String method) throws Exception {
    Method step = loader.loadClass("Plain").getDeclaredMethod(method);
    step.setAccessible(true);
    return step;
  }

  @Test
  void aPrivateRecordOfTheDefaultPackageComesBack() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(roundTrip(loader, "inner")).isEqualTo("{\"a\":1,\"marks\":[\"GOOD\"]}");
    }
  }

  @Test
  void aPrivateFamilyComesBack() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(roundTrip(loader, "kinds"))
          .isEqualTo("[{\"@type\":\"Small\",\"inner\":{\"a\":1,\"marks\":[\"GOOD\"]}}]");
    }
  }

  @Test
  void aPackagePrivateRecordComesBack() throws Exception {
    try (URLClassLoader loader = loader()) {
      assertThat(roundTrip(loader, "outside")).isEqualTo("{\"text\":\"x\"}");
    }
  }

  @Test
  void aPrivateRecordOfThisLoaderComesBack() throws Exception {
    Object value = Samples.hidden();
    Stored stored = codecs.encode(value.getClass(), value, contents);
    assertThat(codecs.decode(value.getClass(), stored, contents, folder)).isEqualTo(value);
  }

  @Test
  void theSameClassOfAnotherLoaderIsAnotherType() throws Exception {
    try (URLClassLoader one = loader();
        URLClassLoader other = loader()) {
      Object value = step(other, "outside").invoke(null);
      assertThatThrownBy(() -> codecs.encode(one.loadClass("Outside"), value, contents))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("step result is of type Outside, expected a value of type Outside");
    }
  }

  @Test
  void aLoaderThatIsDroppedIsCollectedWhileTheCodecsLive() throws Exception {
    WeakReference<ClassLoader> dropped = useAndDrop();
    for (int i = 0; i < 100 && dropped.get() != null; i++) {
      System.gc();
      byte[][] pressure = new byte[16][1 << 20];
      assertThat(pressure).hasDimensions(16, 1 << 20);
    }
    assertThat(dropped.get()).isNull();
    assertThat(codecs.isShareable(String.class)).isTrue();
  }

  /** Asserts nothing, since the assertions' library holds on to what it has seen. */
  private WeakReference<ClassLoader> useAndDrop() throws Exception {
    try (URLClassLoader loader = loader()) {
      for (String method : List.of("inner", "kinds")) {
        Method step = step(loader, method);
        Type type = step.getGenericReturnType();
        Stored stored = codecs.encode(type, step.invoke(null), contents);
        codecs.decode(type, stored, contents, folder);
      }
      return new WeakReference<>(loader);
    }
  }
}
