package dev.colophon.core.run;

import dev.colophon.core.Artifact;
import dev.colophon.core.Subject.VersionId;
import java.util.Optional;

/**
 * The artifact that a task left behind.
 *
 * @param artifact its content
 * @param codec how the value was written, such as {@code json} (docs/formats.md, "codecs")
 * @param fileName name of the file or folder that a step returned as a path
 * @param version the model version that the task made
 */
public record Output(
    Artifact artifact, String codec, Optional<String> fileName, Optional<VersionId> version) {}
