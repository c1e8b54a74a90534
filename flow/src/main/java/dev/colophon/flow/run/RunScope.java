package dev.colophon.flow.run;

import dev.colophon.core.Name;
import dev.colophon.core.run.Dataset;
import dev.colophon.core.run.RunRecord;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * What all tasks of one run share.
 *
 * @param scratch folder that is deleted when the run has ended
 * @param datasets the captured files of each {@code @Input} pattern
 * @param codes of the steps whose code is known
 * @param logs keeps what tasks say
 * @param secrets that its steps ask for
 */
record RunScope(
    RunRecord run,
    FlowProgram program,
    BoundParams parameters,
    RunContents contents,
    RunListener listener,
    Clock clock,
    Path scratch,
    Map<String, List<CapturedFile>> datasets,
    Map<Name, StepCode> codes,
    LogWriter logs,
    GivenSecrets secrets) {
  /** A dataset, and the copy of it that steps may read. */
  record CapturedFile(Dataset dataset, Path copy) {}
}
