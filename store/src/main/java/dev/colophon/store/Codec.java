package dev.colophon.store;

/** How content lies in a pack. The number is part of the format. */
enum Codec {
  /** As it was written. */
  RAW(0),
  /** One Zstandard frame. */
  ZSTD(1);

  private final int number;

  Codec(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Whether {@link #of} knows the number. */
  static boolean isKnown(int number) {
    return number == RAW.number || number == ZSTD.number;
  }

  static Codec of(int number) {
    return number == ZSTD.number ? ZSTD : RAW;
  }
}
