package dev.colophon.embedded;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads an author's classes and libraries, apart from those that Colophon brings for itself: of
 * Colophon it shows only its own packages, so a flow may use another version of any library that
 * Colophon uses too.
 */
final class FlowClassLoader extends URLClassLoader {
  private static final String SHOWN = "dev.colophon.";

  private final ClassLoader colophon;

  static {
    registerAsParallelCapable();
  }

  /**
   * @param classPath jars and folders, in order
   * @param colophon loader of Colophon itself
   */
  FlowClassLoader(List<Path> classPath, ClassLoader colophon) {
    super("flow", urls(classPath), ClassLoader.getPlatformClassLoader());
    this.colophon = colophon;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(SHOWN)) {
      try {
        return colophon.loadClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve); // an author's package may begin like ours
      }
    }
    return super.loadClass(name, resolve);
  }

  private static URL[] urls(List<Path> classPath) {
    return classPath.stream().map(FlowClassLoader::url).toArray(URL[]::new);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException("path " + path + " has no URL", e);
    }
  }
}
