package dev.colophon.flow.codec;

/** A part of a stored value, as {@link Codecs#component} finds it. */
public sealed interface Component {
  /**
   * A part that has bytes of its own: an array, a file or a folder.
   *
   * @param stored of an array, codec {@code npy}; of a file, codec {@code file}; of a folder, codec
   *     {@code folder}; with a file name to save it under
   */
  record Content(Stored stored) implements Component {}

  /**
   * Any other part.
   *
   * @param json its canonical JSON
   */
  record Value(String json) implements Component {}
}
