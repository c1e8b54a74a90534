package dev.colophon.embedded;

import dev.colophon.core.ArtifactStore;
import dev.colophon.testkit.MemoryCatalog;
import java.lang.reflect.Proxy;

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
    return Colophon.of(catalog.runLog(), catalog.registry(), none);
  }
}
