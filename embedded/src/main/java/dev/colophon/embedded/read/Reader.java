package dev.colophon.embedded.read;

import dev.colophon.core.Artifact;
import dev.colophon.core.ArtifactStore;
import dev.colophon.core.Digest;
import dev.colophon.core.TreeListing;
import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.core.model.Registry;
import dev.colophon.core.run.Output;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.TaskEnd;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.codec.Contents;
import dev.colophon.flow.codec.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * What everything here reads from.
 *
 * @param store content wherever it lies
 * @param contents the same content, as codecs ask for it
 */
record Reader(
    RunLog runs, Registry registry, ArtifactStore store, Contents contents, Codecs codecs) {
  /** A folder that no codec may use: values that need one are refused before. */
  private static final Path NOWHERE = Path.of("");

  StoredArtifact artifact(Output output, String where) {
    return new StoredArtifact(
        this, new Stored(output.artifact(), output.codec(), output.fileName()), where);
  }

  /** Reads the small ones of these together. */
  Reader with(Collection<Output> outputs) {
    Map<Digest, byte[]> near =
        runs.findInline(
            outputs.stream()
                .map(Output::artifact)
                .filter(artifact -> artifact.sizeBytes() <= TaskEnd.INLINE_LIMIT_BYTES)
                .map(Artifact::digest)
                .toList());
    return new Reader(runs, registry, store, new Near(near, contents), codecs);
  }

  <T> T decode(Stored stored, Class<T> type, String where) {
    return cast(type, decode(stored, (Type) type, where));
  }

  /** A value of this type, of which {@code int} and its like are the boxed one. */
  @SuppressWarnings("unchecked") // what casts is of T or, of a primitive one, of its box
  static <T> T cast(Class<T> type, Object value) {
    return ((Class<T>) MethodType.methodType(type).wrap().returnType()).cast(value);
  }

  Object decode(Stored stored, Type type, String where) {
    if (codecs.placesFiles(type)) {
      throw new Invalid(
          "%s can't be read as %s, whose files need a folder; copy it to one with copyTo, or open it"
              .formatted(where, type.getTypeName()));
    }
    try {
      return codecs.decode(type, stored, contents, NOWHERE);
    } catch (Invalid e) {
      throw new Invalid("%s: %s".formatted(where, e.text()), e);
    } catch (Corrupt e) {
      verify(stored.artifact()); // whole content that can't be read so is of another type
      throw new Invalid(
          "%s can't be read as %s: %s".formatted(where, type.getTypeName(), e.text()), e);
    } catch (IOException e) {
      throw new Unavailable(
          "%s can't be read (%s); look after the disk, then try again"
              .formatted(where, IoReason.of(e)),
          e);
    }
  }

  /**
   * Reads content to its end.
   *
   * @throws Corrupt if it is damaged
   */
  private void verify(Artifact artifact) {
    try (InputStream in = contents.open(artifact.digest())) {
      if (artifact instanceof Artifact.Tree) {
        TreeListing.parse(in.readAllBytes())
            .entries()
            .values()
            .forEach(entry -> verify(entry.artifact()));
      } else {
        long unused = in.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      throw new Unavailable(
          "content %s can't be read (%s); look after the disk, then try again"
              .formatted(artifact.digest(), IoReason.of(e)),
          e);
    }
  }

  /** Content that was read already, and all other content. */
  private record Near(Map<Digest, byte[]> near, Contents far) implements Contents {
    @Override
    public Artifact.Blob put(ArtifactStore.Writer writer) throws IOException {
      return far.put(writer);
    }

    @Override
    public Artifact.Blob putFile(Path file) throws IOException {
      return far.putFile(file);
    }

    @Override
    public InputStream open(Digest digest) throws IOException {
      Optional<byte[]> bytes = Optional.ofNullable(near.get(digest));
      return bytes.isPresent() ? new ByteArrayInputStream(bytes.get()) : far.open(digest);
    }

    @Override
    public void copyTo(Digest digest, Path file) throws IOException {
      far.copyTo(digest, file);
    }
  }
}
