package dev.colophon.flow.codec;

import dev.colophon.core.error.ColophonException.Corrupt;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One-dimensional primitive arrays as NumPy's {@code .npy} files, format 1.0, little-endian, byte
 * for byte what {@code numpy.save} writes.
 */
enum Npy {
  BOOLEAN(boolean[].class, "|b1", 1),
  BYTE(byte[].class, "|i1", 1),
  SHORT(short[].class, "<i2", 2),
  CHAR(char[].class, "<u2", 2),
  INT(int[].class, "<i4", 4),
  LONG(long[].class, "<i8", 8),
  FLOAT(float[].class, "<f4", 4),
  DOUBLE(double[].class, "<f8", 8);

  /** With any length, since the dictionary is padded to a multiple of 64. */
  private static final int HEADER_BYTES = 128;

  /** Small enough for the cache of a core, large enough for calls not to count. */
  private static final int BLOCK_BYTES = 1 << 16;

  /** The longest array that every JVM can make. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private final Class<?> arrayType;
  private final String descriptor;
  private final int elementBytes;

  Npy(Class<?> arrayType, String descriptor, int elementBytes) {
    this.arrayType = arrayType;
    this.descriptor = descriptor;
    this.elementBytes = elementBytes;
  }

  /** The form of an array type; empty if it is none of primitives. */
  static Optional<Npy> of(Class<?> arrayType) {
    return Stream.of(values()).filter(npy -> npy.arrayType == arrayType).findFirst();
  }

  /** Writes a whole file, in blocks. */
  void write(Object array, OutputStream out) throws IOException {
    int length = Array.getLength(array);
    out.write(header(length));
    if (array instanceof byte[] bytes) {
      out.write(bytes);
      return;
    }
    byte[] block = new byte[blockBytes(length)];
    ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int blockLength = block.length / elementBytes;
    for (int from = 0; from < length; ) {
      int count = Math.min(blockLength, length - from);
      put(array, from, count, buffer);
      out.write(block, 0, count * elementBytes);
      from += count;
    }
  }

  private int blockBytes(int length) {
    return (int) Math.min(BLOCK_BYTES, (long) length * elementBytes);
  }

  private static void put(Object array, int from, int count, ByteBuffer block) {
    switch (array) {
      case boolean[] values -> {
        for (int i = 0; i < count; i++) {
          block.put(i, (byte) (values[from + i] ? 1 : 0));
        }
      }
      case short[] values -> block.asShortBuffer().put(values, from, count);
      case char[] values -> block.asCharBuffer().put(values, from, count);
      case int[] values -> block.asIntBuffer().put(values, from, count);
      case long[] values -> block.asLongBuffer().put(values, from, count);
      case float[] values -> block.asFloatBuffer().put(values, from, count);
      case double[] values -> block.asDoubleBuffer().put(values, from, count);
      default -> throw new IllegalArgumentException("no array of primitives: " + array.getClass());
    }
  }

  /**
   * Reads a whole file, in blocks. Its header must be what {@link #write} writes for a file of this
   * size, so no length is believed that the file does not have.
   *
   * @param sizeBytes of the file
   * @param subject what is read, for the error message
   * @throws Corrupt if the file is no array of this type
   */
  Object read(InputStream in, long sizeBytes, String subject) throws IOException {
    byte[] found = in.readNBytes(HEADER_BYTES);
    long length = (sizeBytes - HEADER_BYTES) / elementBytes;
    boolean isWhole = sizeBytes == HEADER_BYTES + length * elementBytes;
    if (!isWhole || length < 0 || length > MAX_LENGTH || !matches(found, length)) {
      throw new Corrupt(
          "%s is %d bytes that start with \"%s\", expected an .npy file of type %s"
              .formatted(subject, sizeBytes, printable(found), describe()));
    }
    Object array = Array.newInstance(arrayType.getComponentType(), (int) length);
    int read =
        array instanceof byte[] bytes ? in.readNBytes(bytes, 0, bytes.length) : fill(array, in);
    if (read != length || in.read() >= 0) {
      throw new Corrupt(
          "%s ends at element %d or goes on after %d, expected %d elements"
              .formatted(subject, read, length, length));
    }
    return array;
  }

  private int fill(Object array, InputStream in) throws IOException {
    int length = Array.getLength(array);
    byte[] block = new byte[blockBytes(length)];
    ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    int from = 0;
    while (from < length) {
      int count = Math.min(block.length / elementBytes, length - from);
      int read = in.readNBytes(block, 0, count * elementBytes) / elementBytes;
      get(buffer, array, from, read);
      from += read;
      if (read < count) {
        break;
      }
    }
    return from;
  }

  private static void get(ByteBuffer block, Object array, int from, int count) {
    switch (array) {
      case boolean[] values -> {
        for (int i = 0; i < count; i++) {
          values[from + i] = truth(block.get(i));
        }
      }
      case short[] values -> block.asShortBuffer().get(values, from, count);
      case char[] values -> block.asCharBuffer().get(values, from, count);
      case int[] values -> block.asIntBuffer().get(values, from, count);
      case long[] values -> block.asLongBuffer().get(values, from, count);
      case float[] values -> block.asFloatBuffer().get(values, from, count);
      case double[] values -> block.asDoubleBuffer().get(values, from, count);
      default -> throw new IllegalArgumentException("no array of primitives: " + array.getClass());
    }
  }

  private static boolean truth(byte value) {
    if (value != 0 && value != 1) {
      throw new Corrupt(
          ".npy file of truth values: found byte %d, expected 0 or 1".formatted(value));
    }
    return value == 1;
  }

  /**
   * One element of a file of any type, without reading more than what lies before it.
   *
   * @throws Corrupt if the file is no array
   * @throws NotFound if the array is shorter
   */
  static Json element(InputStream in, long sizeBytes, int index, String subject)
      throws IOException {
    byte[] found = in.readNBytes(HEADER_BYTES);
    for (Npy npy : values()) {
      long length = (sizeBytes - HEADER_BYTES) / npy.elementBytes;
      if (npy.matches(found, length)) {
        if (index >= length) {
          throw new NotFound(
              "%s has %d elements, found none at index %d".formatted(subject, length, index));
        }
        in.skipNBytes((long) index * npy.elementBytes);
        Object one = Array.newInstance(npy.arrayType.getComponentType(), 1);
        byte[] bytes = in.readNBytes(npy.elementBytes);
        if (bytes.length == npy.elementBytes) {
          return npy.json(bytes, one);
        }
      }
    }
    throw new Corrupt(
        "%s starts with \"%s\", expected an .npy file".formatted(subject, printable(found)));
  }

  private Json json(byte[] bytes, Object one) {
    if (one instanceof byte[]) {
      return Json.of(bytes[0]);
    }
    get(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), one, 0, 1);
    return switch (one) {
      case boolean[] value -> Json.of(value[0]);
      case double[] value -> Json.of(value[0]);
      case float[] value when Float.isFinite(value[0]) -> new Json.Num(Float.toString(value[0]));
      case float[] value -> Json.of(Float.toString(value[0]));
      case char[] value -> Json.of(value[0]);
      default -> Json.of(Array.getLong(one, 0));
    };
  }

  private boolean matches(byte[] found, long length) {
    return length >= 0 && Arrays.equals(found, header(length));
  }

  private byte[] header(long length) {
    String dictionary =
        "{'descr': '" + descriptor + "', 'fortran_order': False, 'shape': (" + length + ",), }";
    byte[] header = new byte[HEADER_BYTES];
    Arrays.fill(header, (byte) ' ');
    int dictionaryBytes = HEADER_BYTES - MAGIC.length - 2;
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) dictionaryBytes)
        .put(dictionary.getBytes(StandardCharsets.US_ASCII));
    header[HEADER_BYTES - 1] = '\n';
    return header;
  }

  private String describe() {
    return "'%s' (%s)".formatted(descriptor, arrayType.getSimpleName());
  }

  private static String printable(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?").strip();
  }
}
