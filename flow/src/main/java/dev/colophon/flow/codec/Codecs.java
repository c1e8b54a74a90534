package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.flow.ModelVersion;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Encodes values by the type that their step declares, and decodes them again
 * (docs/formats/codecs.md). Equal values give equal digests, whatever the order in which a map or
 * set iterates. Thread-safe.
 */
public final class Codecs {
  private final Forms forms;

  /** Codecs that have seen no type yet; worth sharing, since they remember what they saw. */
  public Codecs() {
    this(new Forms(true));
  }

  private Codecs(Forms forms) {
    this.forms = forms;
  }

  /** Codecs that write records whole into JSON: arrays in them are not files of their own. */
  public Codecs withArraysInJson() {
    return new Codecs(new Forms(false));
  }

  /**
   * Writes a value.
   *
   * @param type as declared, with its type arguments
   * @throws Invalid naming the component and its type, if a part has no codec or is null
   * @throws IOException if a file can't be read or the contents can't be written
   */
  public Stored encode(Type type, Object value, Contents contents) throws IOException {
    Codec codec = of(type);
    Class<?> raw = KnownType.of(type).boxed();
    if (!raw.isInstance(value)) {
      throw new Invalid(
          "step result is %s, expected a value of type %s"
              .formatted(
                  value == null ? "null" : "of type " + value.getClass().getTypeName(),
                  type.getTypeName()));
    }
    return codec.encode(value, contents);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param type as the reader declares it
   * @param scratch an empty folder, in which files and folders are placed; other values leave it
   *     alone
   * @return the value; immutable if {@link #isShareable}
   * @throws Invalid if values of this type are stored by other codecs
   * @throws Corrupt if the content is not what the codec or the type says
   */
  public Object decode(Type type, Stored stored, Contents contents, Path scratch)
      throws IOException {
    Codec codec = of(type);
    if (!codec.names().contains(stored.codec())) {
      throw new Invalid(
          "value stored by codec \"%s\" can't be read as %s, which is stored by %s"
              .formatted(
                  stored.codec(), type.getTypeName(), codec.names().stream().sorted().toList()));
    }
    return codec.decode(stored, contents, scratch);
  }

  /**
   * Whether a decoded value can be shared between tasks, being immutable all the way down. False
   * too for a type without a codec.
   */
  public boolean isShareable(Type type) {
    try {
      return of(type).isShareable();
    } catch (Invalid e) {
      return false;
    }
  }

  /**
   * Whether reading a value of this type places files or folders, so that its reader needs a folder
   * of its own.
   */
  public boolean placesFiles(Type type) {
    try {
      return of(type).placesFiles();
    } catch (Invalid e) {
      return false;
    }
  }

  /**
   * One part of a stored value, for a person to look at.
   *
   * @param path steps such as {@code a.b}, {@code [3]} and {@code ["a key"]}; in folders, names
   *     with slashes; empty for the whole value
   * @throws Invalid if the path is no such path
   * @throws NotFound if the value has no such part
   * @throws Corrupt if the content is not what its codec says
   */
  public Component component(Stored stored, String path, Contents contents) throws IOException {
    return new Components(stored, contents).find(path);
  }

  private Codec of(Type type) {
    if (type == String.class) {
      return new TextCodec();
    }
    if (type == byte[].class) {
      return new BytesCodec();
    }
    if (type == Path.class) {
      return new PathCodec();
    }
    if (type instanceof ParameterizedType generic
        && generic.getRawType() == List.class
        && KnownType.of(type).arguments().getFirst().raw() == Path.class) {
      return new FilesCodec();
    }
    if (type == ModelVersion.class) {
      return StructureCodec.ofVersions(forms.of(type));
    }
    Optional<Npy> npy = type instanceof Class<?> array ? Npy.of(array) : Optional.empty();
    return npy.<Codec>map(ArrayCodec::new).orElseGet(() -> StructureCodec.of(forms.of(type)));
  }
}
