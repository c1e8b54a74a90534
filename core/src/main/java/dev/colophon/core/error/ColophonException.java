package dev.colophon.core.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * The one family of errors that Colophon raises on purpose; anything else that escapes is a bug.
 *
 * <p>A message names the thing, the value found, what was expected and the next move.
 */
public abstract sealed class ColophonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private final ErrorCode code;

  private ColophonException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Row of the error table that this exception stands for. */
  public final ErrorCode code() {
    return code;
  }

  /** The message: every exception of this family has one. */
  public final String text() {
    return String.valueOf(getMessage());
  }

  /** The named thing does not exist. */
  public static final class NotFound extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public NotFound(String message) {
      super(ErrorCode.NOT_FOUND, message, null);
    }
  }

  /** The thing was found in another state than the caller expected. */
  public static final class Conflict extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public Conflict(String message) {
      super(ErrorCode.CONFLICT, message, null);
    }
  }

  /** What was asked for can never succeed as it stands. */
  public static final class Invalid extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public Invalid(String message) {
      super(ErrorCode.INVALID, message, null);
    }

    public Invalid(String message, Throwable cause) {
      super(ErrorCode.INVALID, message, cause);
    }
  }

  /** Stored bytes are not what their digest or format says; they were not handed out. */
  public static final class Corrupt extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public Corrupt(String message) {
      super(ErrorCode.CORRUPT, message, null);
    }

    public Corrupt(String message, Throwable cause) {
      super(ErrorCode.CORRUPT, message, cause);
    }
  }

  /** Something needed cannot be used at the moment; the same call may succeed later. */
  public static final class Unavailable extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public Unavailable(String message) {
      super(ErrorCode.UNAVAILABLE, message, null);
    }

    public Unavailable(String message, Throwable cause) {
      super(ErrorCode.UNAVAILABLE, message, cause);
    }
  }

  /** A write was sent and nobody knows whether it took effect: look before trying again. */
  public static final class OutcomeUnknown extends ColophonException {
    @Serial private static final long serialVersionUID = 1;

    public OutcomeUnknown(String message, Throwable cause) {
      super(ErrorCode.OUTCOME_UNKNOWN, message, cause);
    }
  }
}
