package dev.colophon.flow.fingerprint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;

/** Names of the classes in descriptors and generic signatures. */
final class Signatures {
  private Signatures() {}

  /**
   * Internal names of the classes that a type names, but for those of {@code java}.
   *
   * @param signature of a field or method; its descriptor is taken if there is none
   */
  static List<String> types(@Nullable String signature, String descriptor) {
    var text = signature == null ? descriptor : signature;
    if (text.indexOf('L') < 0) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    var names = new Names(found);
    if (text.startsWith("(") || text.startsWith("<")) {
      new SignatureReader(text).accept(names);
    } else {
      new SignatureReader(text).acceptType(names);
    }
    return found;
  }

  private static final class Names extends SignatureVisitor {
    private final List<String> found;
    private String current = "";

    Names(List<String> found) {
      super(Opcodes.ASM9);
      this.found = found;
    }

    @Override
    public void visitClassType(String name) {
      current = name;
      add();
    }

    @Override
    public void visitInnerClassType(String name) {
      current = current + "$" + name;
      add();
    }

    private void add() {
      if (!current.startsWith("java/")) {
        found.add(current);
      }
    }
  }
}
