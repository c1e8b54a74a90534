package dev.colophon.flow.code;

import dev.colophon.core.error.ColophonException.Invalid;

/**
 * How much a snapshot may take beyond what Git tracks, so that a flow in a home folder or in {@code
 * /tmp} does not swallow the disk.
 *
 * @param files most files, folders not counted
 * @param totalBytes most bytes of them together
 * @param fileBytes most bytes of one of them where there is no Git; larger ones are left out
 */
public record CaptureBounds(int files, long totalBytes, long fileBytes) {
  /** 10,000 files, 1 GiB together, 64 MiB each. */
  public static final CaptureBounds USUAL = new CaptureBounds(10_000, 1L << 30, 64L << 20);

  public CaptureBounds {
    if (files < 1 || totalBytes < 1 || fileBytes < 1) {
      throw new Invalid(
          "bounds of %d files, %d bytes, %d bytes a file: expected 1 or more each"
              .formatted(files, totalBytes, fileBytes));
    }
  }
}
