package dev.colophon.embedded;

import dev.colophon.core.ArtifactStore;
import dev.colophon.testkit.MemoryCatalog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Wirings to test with. */
final class Colophons {
  private Colophons() {}

  /** A catalog in memory, and a store that nothing may ask for anything. */
  static Colophon of(MemoryCatalog catalog) {
    ArtifactStore none =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError("the store was asked: " + method.getName());
                });
    return Colophon.of(catalog.runLog(), catalog.registry(), catalog.outcomes(), none);
  }

  /** All in memory; each file that is put is told first, in the thread that puts it. */
  static Colophon telling(MemoryCatalog catalog, ArtifactStore store, Consumer<Path> files) {
    ArtifactStore telling =
        (ArtifactStore)
            Proxy.newProxyInstance(
                ArtifactStore.class.getClassLoader(),
                new Class<?>[] {ArtifactStore.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("putFile")) {
                    files.accept((Path) arguments[0]);
                  }
                  try {
                    return method.invoke(store, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return Colophon.of(catalog.runLog(), catalog.registry(), catalog.outcomes(), telling);
  }
}
