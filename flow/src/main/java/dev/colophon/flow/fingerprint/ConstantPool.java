package dev.colophon.flow.fingerprint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers from the constant pools of class files which packages they name, and whether they search
 * for classes by name. Confined to one thread.
 */
final class ConstantPool {
  private static final byte[] JAVA = bytes("java/");
  private static final byte[] CONTEXT = bytes("dev/colophon/flow/TaskContext");
  private static final byte[] SERVICES = bytes("java/util/ServiceLoader");
  private static final List<byte[]> SEARCHES =
      List.of(
          bytes("loadClass"),
          bytes("findClass"),
          bytes("getResource"),
          bytes("getResources"),
          bytes("getResourceAsStream"),
          bytes("getSystemResource"),
          bytes("getSystemResources"),
          bytes("getSystemResourceAsStream"));
  private static final byte[] FOR_NAME = bytes("forName");
  private static final byte[] CLASS = bytes("java/lang/Class");

  private final Set<String> packages = new HashSet<>();
  private boolean searches;
  private boolean asksRun;
  private byte[] file = {};
  private int[] at = {};

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Set<String> packages() {
    return packages;
  }

  boolean searches() {
    return searches;
  }

  boolean asksRun() {
    return asksRun;
  }

  /** Reads one class file; a damaged one as far as it goes. */
  void read(byte[] classFile) {
    file = classFile;
    try {
      index();
      for (int offset : at) {
        look(offset);
      }
    } catch (IndexOutOfBoundsException e) {
      return; // the JVM would refuse it
    }
  }

  private void index() {
    at = new int[u2(8)];
    int offset = 10;
    for (int i = 1; i < at.length; i++) {
      at[i] = offset;
      int tag = file[offset];
      offset +=
          switch (tag) {
            case 1 -> 3 + u2(offset + 1);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            case 15 -> 4;
            default -> 3;
          };
      if (tag == 5 || tag == 6) {
        i++;
      }
    }
  }

  private void look(int offset) {
    if (offset == 0) {
      return;
    }
    switch (file[offset]) {
      case 7 -> type(at[u2(offset + 1)]);
      case 10, 11 -> method(at[u2(offset + 1)], at[u2(offset + 3)]);
      default -> {}
    }
  }

  private void type(int name) {
    if (startsWith(name, JAVA)) {
      searches |= equal(name, SERVICES);
      return;
    }
    asksRun |= equal(name, CONTEXT);
    int start = name + 3;
    int end = start + u2(name + 1);
    if (start < end && file[start] == '[') {
      while (start < end && file[start] == '[') {
        start++;
      }
      if (start == end || file[start] != 'L') {
        return;
      }
      start++;
    }
    int slash = end - 1;
    while (slash > start && file[slash] != '/') {
      slash--;
    }
    if (slash > start) {
      packages.add(new String(file, start, slash - start, StandardCharsets.UTF_8));
    }
  }

  private void method(int owner, int nameAndType) {
    int name = at[u2(nameAndType + 1)];
    if (equal(name, FOR_NAME)) {
      searches |= equal(at[u2(owner + 1)], CLASS);
    } else {
      for (byte[] each : SEARCHES) {
        searches |= equal(name, each);
      }
    }
  }

  private boolean startsWith(int utf8, byte[] text) {
    return u2(utf8 + 1) >= text.length
        && Arrays.equals(file, utf8 + 3, utf8 + 3 + text.length, text, 0, text.length);
  }

  private boolean equal(int utf8, byte[] text) {
    return u2(utf8 + 1) == text.length && startsWith(utf8, text);
  }

  private int u2(int offset) {
    return ((file[offset] & 0xff) << 8) | (file[offset + 1] & 0xff);
  }
}
