package dev.colophon.core.error;

/**
 * The one table of everything that can go wrong: stable code, HTTP status and exit status of the
 * command line.
 *
 * <p>Codes are part of the wire format (docs/formats.md, "errors") and never change their meaning.
 */
public enum ErrorCode {
  /** The named thing does not exist. */
  NOT_FOUND("not_found", 404, 4),
  /** The thing is not in the state that the caller expected; read it again. */
  CONFLICT("conflict", 409, 5),
  /** The request can never succeed as it stands. */
  INVALID("invalid", 400, 2),
  /** Stored bytes are not what their digest or format says. */
  CORRUPT("corrupt", 500, 6),
  /**
   * Something that is needed cannot be used now: a full disk, a folder without write permission, a
   * locked catalog.
   */
  UNAVAILABLE("unavailable", 503, 7),
  /** A write was sent and its answer was lost; look before trying again. */
  OUTCOME_UNKNOWN("outcome_unknown", 504, 8);

  private final String code;
  private final int httpStatus;
  private final int exitStatus;

  ErrorCode(String code, int httpStatus, int exitStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.exitStatus = exitStatus;
  }

  /** Stable text of the code, such as {@code not_found}. */
  public String code() {
    return code;
  }

  /** HTTP status that a server answers with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Exit status of a command that ends with this error. */
  public int exitStatus() {
    return exitStatus;
  }
}
