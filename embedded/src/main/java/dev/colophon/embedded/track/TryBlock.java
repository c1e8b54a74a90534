package dev.colophon.embedded.track;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * How a call of {@code close} came about. A {@code try} block with resources closes them at two
 * places: where it comes to its end, and where an exception leaves it (JLS 14.20.3.1). At the
 * second one the compiler guards the call: what {@code close} throws is given to {@code
 * Throwable.addSuppressed} of the exception in flight. So the byte code around the call says which
 * of the two it is. Where it says nothing, such as in a class without a class file, the call counts
 * as the first one.
 */
final class TryBlock {
  /** How far into a handler its call of {@code addSuppressed} lies: two stores, two loads. */
  private static final int HANDLER_BYTES = 8;

  private static final int INVOKEVIRTUAL = 182;

  private final Class<?> caller;
  private final String method;
  private final String descriptor;
  private final int at;

  private TryBlock(Class<?> caller, String method, String descriptor, int at) {
    this.caller = caller;
    this.method = method;
    this.descriptor = descriptor;
    this.at = at;
  }

  /** The place that called into this class. */
  static TryBlock ofCaller(Class<?> closed) {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .filter(
                        frame ->
                            frame.getDeclaringClass() != closed
                                && frame.getDeclaringClass() != TryBlock.class)
                    .findFirst()
                    .map(
                        frame ->
                            new TryBlock(
                                frame.getDeclaringClass(),
                                frame.getMethodName(),
                                frame.getDescriptor(),
                                frame.getByteCodeIndex()))
                    .orElseThrow());
  }

  /** Whether an exception has left the block. */
  boolean wasLeftByException() {
    String file = caller.getName().substring(caller.getName().lastIndexOf('.') + 1) + ".class";
    try (InputStream bytes = caller.getResourceAsStream(file)) {
      return bytes != null
          && isGuarded(new DataInputStream(new ByteArrayInputStream(bytes.readAllBytes())));
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  /** Reads a class file (JVMS 4.1) up to the method. */
  private boolean isGuarded(DataInputStream in) throws IOException {
    in.skipNBytes(8);
    Constants constants = Constants.read(in);
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    skipMembers(in);
    int methods = in.readUnsignedShort();
    for (int i = 0; i < methods; i++) {
      in.skipNBytes(2);
      String name = constants.text(in.readUnsignedShort());
      String type = constants.text(in.readUnsignedShort());
      boolean found = name.equals(method) && type.equals(descriptor);
      int attributes = in.readUnsignedShort();
      for (int j = 0; j < attributes; j++) {
        boolean isCode = constants.text(in.readUnsignedShort()).equals("Code");
        int length = in.readInt();
        if (found && isCode) {
          return isGuarded(in, constants);
        }
        in.skipNBytes(length);
      }
    }
    return false;
  }

  private static void skipMembers(DataInputStream in) throws IOException {
    int fields = in.readUnsignedShort();
    for (int i = 0; i < fields; i++) {
      in.skipNBytes(6);
      int attributes = in.readUnsignedShort();
      for (int j = 0; j < attributes; j++) {
        in.skipNBytes(2);
        in.skipNBytes(in.readInt());
      }
    }
  }

  /** Whether a handler around the call adds what it caught to another exception. */
  private boolean isGuarded(DataInputStream in, Constants constants) throws IOException {
    in.skipNBytes(4);
    byte[] code = in.readNBytes(in.readInt());
    int handlers = in.readUnsignedShort();
    for (int i = 0; i < handlers; i++) {
      int start = in.readUnsignedShort();
      int end = in.readUnsignedShort();
      int handler = in.readUnsignedShort();
      in.skipNBytes(2);
      if (start <= at && at < end && addsSuppressed(code, handler, constants)) {
        return true;
      }
    }
    return false;
  }

  private static boolean addsSuppressed(byte[] code, int handler, Constants constants) {
    int last = Math.min(handler + HANDLER_BYTES, code.length - 3);
    for (int i = handler; i < last; i++) {
      if (Byte.toUnsignedInt(code[i]) == INVOKEVIRTUAL) {
        int method = Byte.toUnsignedInt(code[i + 1]) << 8 | Byte.toUnsignedInt(code[i + 2]);
        return constants.method(method).equals("addSuppressed");
      }
    }
    return false;
  }

  /** The constants of a class file that names are found with (JVMS 4.4). */
  private record Constants(Map<Integer, String> texts, Map<Integer, Integer> links) {
    static Constants read(DataInputStream in) throws IOException {
      Map<Integer, String> texts = new HashMap<>();
      Map<Integer, Integer> links = new HashMap<>();
      int count = in.readUnsignedShort();
      for (int i = 1; i < count; i++) {
        int tag = in.readUnsignedByte();
        switch (tag) {
          case 1 -> texts.put(i, in.readUTF());
          case 3, 4, 17, 18 -> in.skipNBytes(4);
          case 5, 6 -> {
            in.skipNBytes(8);
            i++;
          }
          case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
          case 9, 10, 11 -> {
            in.skipNBytes(2);
            links.put(i, in.readUnsignedShort());
          }
          case 12 -> {
            links.put(i, in.readUnsignedShort());
            in.skipNBytes(2);
          }
          case 15 -> in.skipNBytes(3);
          default -> throw new IOException("constant of kind " + tag);
        }
      }
      return new Constants(texts, links);
    }

    String text(int index) {
      return texts.getOrDefault(index, "");
    }

    /** Name of a method. */
    String method(int index) {
      return text(links.getOrDefault(links.getOrDefault(index, 0), 0));
    }
  }
}
