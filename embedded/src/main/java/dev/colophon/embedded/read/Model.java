package dev.colophon.embedded.read;

import dev.colophon.core.Name;
import dev.colophon.core.Page;
import dev.colophon.core.Subject.AliasId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.error.ColophonException.NotFound;
import dev.colophon.core.lineage.Lineage;
import dev.colophon.core.model.AliasMove;
import dev.colophon.core.model.ModelRecord;
import dev.colophon.core.model.VersionRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A registered model as it was when it was read. May be used from any thread. */
public final class Model {
  /** Versions that are asked for together. */
  private static final int PAGE = 200;

  private final Reader reader;
  private final ModelRecord model;

  Model(Reader reader, ModelRecord model) {
    this.reader = reader;
    this.model = model;
  }

  public Name name() {
    return model.name();
  }

  /** Newest version, aliases, times. */
  public ModelRecord toRecord() {
    return model;
  }

  /** Its versions, newest first, read as the stream goes on. */
  public Stream<ModelVersion> versions() {
    return Pages.stream(this::page).map(version -> new ModelVersion(reader, version));
  }

  private Page<VersionRecord> page(Optional<String> after) {
    OptionalInt below =
        after.isPresent() ? OptionalInt.of(Integer.parseInt(after.get())) : OptionalInt.empty();
    List<VersionRecord> found = reader.registry().listVersions(model.name(), PAGE, below);
    return new Page<>(
        found,
        found.size() < PAGE
            ? Optional.empty()
            : Optional.of(Integer.toString(found.getLast().id().number())));
  }

  /**
   * A version.
   *
   * @throws NotFound if it has none of this number
   */
  public ModelVersion version(int number) {
    return new ModelVersion(
        reader, reader.registry().getVersion(new VersionId(model.name(), number)));
  }

  /**
   * The version that an alias names now.
   *
   * @throws NotFound if it has no such alias
   */
  public ModelVersion alias(String alias) {
    AliasId id = new AliasId(model.name(), Name.of(alias));
    VersionId version = new Lineage(reader.runs(), reader.registry()).versionOf(id);
    return new ModelVersion(reader, reader.registry().getVersion(version));
  }

  /** {@link #alias} of the name {@code champion}. */
  public ModelVersion champion() {
    return alias("champion");
  }

  /** All moves of its aliases, newest first. */
  public List<AliasMove> history() {
    return reader.registry().history(model.name());
  }

  @Override
  public String toString() {
    return model.name().text();
  }
}
