package dev.colophon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DigestTest {
  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void itIsTheSha256OfTheContent() {
    assertThat(Digest.of("abc").hex()).isEqualTo(ABC);
  }

  @Test
  void itsBytesAndItsTextLeadBackToIt() {
    Digest digest = Digest.of("abc");
    assertThat(Digest.ofBytes(digest.bytes())).isEqualTo(digest);
    assertThat(Digest.parse("sha256:" + ABC)).isEqualTo(digest).hasToString("sha256:" + ABC);
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> new Digest(ABC.toUpperCase(Locale.ROOT))).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> new Digest(ABC.substring(1))).isInstanceOf(Invalid.class);
  }
}
