package dev.colophon.embedded.read;

import dev.colophon.core.Page;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Goes through pages, each asked for when the one before is used up. For one thread. */
final class Pages<T> implements Iterator<T> {
  private final Function<Optional<String>, Page<T>> pages;
  private Iterator<T> page = List.<T>of().iterator();
  private Optional<String> next = Optional.empty();
  private boolean last;

  private Pages(Function<Optional<String>, Page<T>> pages) {
    this.pages = pages;
  }

  /**
   * A stream that asks for no page before it needs it.
   *
   * @param pages gives the page that goes on after the argument; the first one for an empty one
   */
  static <T> Stream<T> stream(Function<Optional<String>, Page<T>> pages) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages<>(pages), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && !last) {
      Page<T> following = pages.apply(next);
      page = following.items().iterator();
      next = following.next();
      last = next.isEmpty();
    }
    return page.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return page.next();
  }
}
