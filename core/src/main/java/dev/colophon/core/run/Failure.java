package dev.colophon.core.run;

/**
 * Why an attempt failed.
 *
 * @param type class name of what was thrown; empty if Colophon refused, whose message says it all
 * @param message its message; empty if it had none
 * @param trace the stack trace, the author's own frames first, for a person to read
 */
public record Failure(String type, String message, String trace) {
  /** Type and message on one line. */
  public String headline() {
    return message.isEmpty() || type.isEmpty() ? type + message : type + ": " + message;
  }
}
