package dev.colophon.flow.code;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "dbPassword",
        "db_passwd",
        "api-key",
        "apiKey",
        "hfToken",
        "token",
        "accessToken",
        "clientSecret",
        "PGPASSWORD",
        "credentials",
        "privateKey"
      })
  void aNameThatMeansASecretIsOne(String name) {
    assertThat(Secrets.looksSecret(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxTokens",
        "tokens",
        "tokenizer",
        "padToken",
        "eosToken",
        "keyColumn",
        "key",
        "sortKey",
        "passwordFile",
        "secretary",
        "monkey",
        "accessTokens"
      })
  void anOrdinaryNameIsNone(String name) {
    assertThat(Secrets.looksSecret(name)).isFalse();
  }
}
