package dev.colophon.flow;

import java.util.Objects;

/**
 * A secret in the hands of a step. It shows itself as {@code ***}, so that it can't be printed by
 * accident, and no step can return it. Immutable.
 */
public final class SecretValue {
  /** What stands in the place of a secret. */
  public static final String HIDDEN = "***";

  private final String text;

  private SecretValue(String text) {
    this.text = text;
  }

  /** One with this text, such as a unit test gives to a step. */
  public static SecretValue of(String text) {
    return new SecretValue(Objects.requireNonNull(text));
  }

  /** The secret itself. */
  public String reveal() {
    return text;
  }

  /** The secret itself, in an array of the caller's own. */
  public char[] chars() {
    return text.toCharArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretValue secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Three stars, whatever it is. */
  @Override
  public String toString() {
    return HIDDEN;
  }
}
