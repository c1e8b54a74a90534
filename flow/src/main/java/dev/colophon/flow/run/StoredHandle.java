package dev.colophon.flow.run;

import dev.colophon.core.Subject.TaskId;
import dev.colophon.flow.Artifact;
import dev.colophon.flow.codec.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task's value that is read when somebody asks for it. Thread-safe. */
final class StoredHandle<T> implements Artifact<T> {
  private final TaskId producer;
  private final Type type;
  private final Stored stored;
  private final RunContents contents;
  private final Path scratch;
  private @Nullable Object placed;

  StoredHandle(TaskId producer, Type type, Stored stored, RunContents contents, Path scratch) {
    this.producer = producer;
    this.type = type;
    this.stored = stored;
    this.contents = contents;
    this.scratch = scratch;
  }

  Stored stored() {
    return stored;
  }

  /** Reads anew, but for files: those are placed once. */
  @Override
  @SuppressWarnings("unchecked") // the checker matched T with the producer's type
  public synchronized T get() {
    if (placed != null) {
      return (T) placed;
    }
    try {
      Object value = contents.read(producer, type, stored, scratch);
      placed = type == Path.class || value instanceof List<?> ? value : null;
      return (T) value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String digest() {
    return stored.artifact().digest().hex();
  }

  @Override
  public long sizeBytes() {
    return stored.artifact().sizeBytes();
  }
}
