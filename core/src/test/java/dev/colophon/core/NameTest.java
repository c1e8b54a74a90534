package dev.colophon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.colophon.core.error.ColophonException.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "9", "flight-delays", "A.b_c-1"})
  void lettersDigitsDotsUnderscoresAndHyphensMakeAName(String text) {
    assertThat(Name.of(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "-a", "_a", "a/b", "a b", "é", "a\n", "a\u0000", "a:b", "a@b"})
  void anythingThatIsUnsafeInAPathAUrlOrAShellIsRefused(String text) {
    assertThatThrownBy(() -> Name.of(text)).isInstanceOf(Invalid.class).hasMessageContaining(text);
  }

  @Test
  void aNameHasAtMost128Characters() {
    assertThat(Name.isValid("a".repeat(128))).isTrue();
    assertThat(Name.isValid("a".repeat(129))).isFalse();
  }
}
