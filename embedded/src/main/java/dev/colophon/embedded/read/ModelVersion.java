package dev.colophon.embedded.read;

import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.model.VersionRecord;
import dev.colophon.flow.codec.Stored;
import java.util.Optional;

/** A version of a model; immutable. May be used from any thread. */
public final class ModelVersion {
  private final Reader reader;
  private final VersionRecord version;

  ModelVersion(Reader reader, VersionRecord version) {
    this.reader = reader;
    this.version = version;
  }

  public VersionId id() {
    return version.id();
  }

  /** Who made it and when, its metrics and tags. */
  public VersionRecord toRecord() {
    return version;
  }

  /** The model itself. */
  public StoredArtifact artifact() {
    return new StoredArtifact(
        reader,
        new Stored(version.artifact(), version.codec(), Optional.empty()),
        version.id().toString());
  }

  /** The run that made it. */
  public Run run() {
    return new Run(reader, reader.runs().getRun(version.madeBy().run()));
  }

  @Override
  public String toString() {
    return version.id().toString();
  }
}
