package dev.colophon.flow;

/**
 * A model version that a step of this flow made: what a {@link NewVersion} becomes downstream, once
 * its number is given.
 *
 * @param model registered name
 * @param version from 1, without gaps
 * @param digest SHA-256 of the model's bytes, 64 hexadecimal digits
 */
public record ModelVersion(String model, int version, String digest) {
  /** {@code flight-delays@3}. */
  @Override
  public String toString() {
    return model + "@" + version;
  }
}
