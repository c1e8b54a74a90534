package dev.colophon.flow.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The files of one compilation: sources from a {@link SourceFolder}, class files into memory, the
 * rest from the standard file manager.
 */
final class FlowFiles extends ForwardingJavaFileManager<JavaFileManager> {
  private final SourceFolder sources;
  private final Map<String, Made> made = new LinkedHashMap<>();

  FlowFiles(JavaFileManager standard, SourceFolder sources) {
    super(standard);
    this.sources = sources;
  }

  /** Content of all that was made, by path in a jar. */
  SortedMap<String, byte[]> made() {
    SortedMap<String, byte[]> content = new TreeMap<>();
    made.forEach((path, file) -> content.put(path, file.bytes()));
    return content;
  }

  /** Names and class files of the classes made from a source. */
  Map<String, byte[]> classesOf(SourceText source) {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    made.values().stream()
        .filter(file -> source.equals(file.origin))
        .forEach(file -> classes.put(file.className, file.bytes()));
    return classes;
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.SOURCE_PATH || super.hasLocation(location);
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (location != StandardLocation.SOURCE_PATH) {
      return super.list(location, packageName, kinds, recurse);
    }
    return kinds.contains(JavaFileObject.Kind.SOURCE)
        ? List.copyOf(sources.look(packageName.replace('.', '/')))
        : List.of();
  }

  @Override
  public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof SourceText source
        ? source.className()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    boolean ours = a instanceof SourceText || b instanceof SourceText;
    return ours ? a.equals(b) : super.isSameFile(a, b);
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return file instanceof SourceText
        ? location == StandardLocation.SOURCE_PATH
        : super.contains(location, file);
  }

  @Override
  public @Nullable JavaFileObject getJavaFileForInput(
      Location location, String className, JavaFileObject.Kind kind) throws IOException {
    return location == StandardLocation.SOURCE_PATH
        ? null // sources are found by listing their package
        : super.getJavaFileForInput(location, className, kind);
  }

  @Override
  public JavaFileObject getJavaFileForOutput(
      Location location, String className, JavaFileObject.Kind kind, @Nullable FileObject sibling) {
    String path = className.replace('.', '/') + kind.extension;
    Made file = new Made(path, className, kind, sibling);
    if (kind == JavaFileObject.Kind.CLASS) {
      made.put(path, file);
    }
    return file;
  }

  @Override
  public FileObject getFileForOutput(
      Location location, String packageName, String name, @Nullable FileObject sibling) {
    String path = packageName.isEmpty() ? name : packageName.replace('.', '/') + "/" + name;
    Made file = new Made(path, path, JavaFileObject.Kind.OTHER, sibling);
    made.put(path, file);
    return file;
  }

  /** A file that the compiler, or a processor, made. */
  private static final class Made extends SimpleJavaFileObject {
    private final String className;
    private final @Nullable FileObject origin;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    Made(String path, String className, Kind kind, @Nullable FileObject origin) {
      super(URI.create("memory:///" + path), kind);
      this.className = className;
      this.origin = origin;
    }

    byte[] bytes() {
      return content.toByteArray();
    }

    @Override
    public OutputStream openOutputStream() {
      content.reset();
      return content;
    }

    @Override
    public InputStream openInputStream() {
      return new ByteArrayInputStream(bytes());
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content.toString(StandardCharsets.UTF_8);
    }
  }
}
