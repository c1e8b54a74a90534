package dev.colophon.embedded.read;

import java.util.Optional;
import java.util.function.Supplier;

/** What is found when it is first asked for; after a failure, it is tried again. Thread-safe. */
final class Once<T> implements Supplier<T> {
  private final Supplier<T> finder;
  private Optional<T> found = Optional.empty();

  Once(Supplier<T> finder) {
    this.finder = finder;
  }

  @Override
  public synchronized T get() {
    T value = found.orElseGet(finder);
    found = Optional.of(value);
    return value;
  }
}
