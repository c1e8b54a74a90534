package dev.colophon.embedded;

import dev.colophon.core.Artifact;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.run.Dataset;
import dev.colophon.flow.dataset.DatasetCapture;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What the files of recorded datasets hold now. A file that looks as when a run read it is not read
 * again; nothing is put into the store. Any thread may call.
 */
public final class PresentData {
  private final DatasetCapture capture;

  public PresentData(Home home, Clock clock) {
    this.capture = new DatasetCapture(new DigestsOnly(), home.cache(), clock, false);
  }

  /**
   * What lies now where a dataset was captured from.
   *
   * @return empty if nothing does
   * @throws dev.colophon.core.error.ColophonException.Unavailable if it can't be read
   */
  public Optional<Artifact> find(Dataset dataset) {
    try {
      return Optional.of(capture.capture(dataset.location(), Path.of("/")).getFirst().artifact());
    } catch (NotFound e) {
      return Optional.empty();
    }
  }
}
