package dev.colophon.flow.run;

import dev.colophon.core.error.ColophonException.Invalid;
import dev.colophon.flow.SecretValue;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes bytes, and refuses those that hold a secret, wherever the pieces are cut. */
final class SecretSearch extends OutputStream {
  private final Map<String, List<byte[]>> spellings = new LinkedHashMap<>();
  private final int longest;
  private byte[] tail = new byte[0];

  /**
   * @param secrets by name
   */
  SecretSearch(Map<String, SecretValue> secrets) {
    secrets.forEach((name, value) -> spellings.put(name, Spellings.whole(value)));
    this.longest =
        spellings.values().stream()
            .flatMap(List::stream)
            .mapToInt(spelling -> spelling.length)
            .max()
            .orElse(0);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /**
   * @throws Invalid naming the secret that these bytes, behind those before, hold
   */
  @Override
  public void write(byte[] bytes, int offset, int length) {
    byte[] all = Arrays.copyOf(tail, tail.length + length);
    System.arraycopy(bytes, offset, all, tail.length, length);
    spellings.forEach(
        (name, spelt) -> {
          if (spelt.stream().anyMatch(secret -> isIn(all, secret))) {
            throw new Invalid(
                "it returned the secret \"%s\", or a value that holds it, and secrets are never stored; return what it was used for instead"
                    .formatted(name));
          }
        });
    int kept = Math.min(all.length, Math.max(longest - 1, 0));
    tail = Arrays.copyOfRange(all, all.length - kept, all.length);
  }

  private static boolean isIn(byte[] bytes, byte[] part) {
    for (int i = 0; i + part.length <= bytes.length; i++) {
      if (bytes[i] == part[0] && Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }
}
