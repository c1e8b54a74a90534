package dev.colophon.flow;

/**
 * A stored value that has not been read yet. As an argument instead of {@code T} it saves reading
 * what a step only hands on; handed on or registered, it costs nothing.
 */
public interface Artifact<T> {
  /** Reads, verifies and decodes the value. Each call may read anew. */
  T get();

  /** SHA-256 of the content, 64 hexadecimal digits. */
  String digest();

  /** Size of the content as written, in bytes. */
  long sizeBytes();
}
