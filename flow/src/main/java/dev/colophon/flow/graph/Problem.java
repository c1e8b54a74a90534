package dev.colophon.flow.graph;

/**
 * A rule that a flow breaks.
 *
 * @param position the very object that the {@link FlowDeclaration} holds for what is wrong, so that
 *     a reader can tell by identity which element it was
 * @param message names the thing, what was found and the next move
 */
public record Problem(Position position, String message) {
  /** {@code Bad.java:6:11 no step named "trian"; did you mean "train"?}. */
  @Override
  public String toString() {
    return position + " " + message;
  }
}
