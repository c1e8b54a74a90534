package dev.colophon.core;

import java.util.List;
import java.util.Optional;

/**
 * One page of a listing.
 *
 * @param next what to pass to get the page after this one; empty on the last. Opaque to callers.
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
