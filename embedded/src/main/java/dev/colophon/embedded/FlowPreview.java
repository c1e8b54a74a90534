package dev.colophon.embedded;

import dev.colophon.core.Name;
import dev.colophon.core.error.ColophonException.Unavailable;
import dev.colophon.core.error.IoReason;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.flow.dataset.DatasetCapture;
import dev.colophon.flow.dataset.InputCopies;
import dev.colophon.flow.graph.FlowGraph;
import dev.colophon.flow.run.Forecast;
import dev.colophon.flow.run.ParamBinder;
import dev.colophon.flow.run.Scratch;
import dev.colophon.flow.run.StepForecast;
import dev.colophon.flow.run.ValueJson;
import dev.colophon.flow.source.Libraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * Says what a run would do. Records nothing: a home that does not exist is not made, and what is
 * captured of inputs is their digests alone. One thread at a time.
 */
public final class FlowPreview {
  private final Colophon colophon;
  private final Home home;
  private final Libraries libraries;
  private final Path workingFolder;
  private final Clock clock;
  private final List<Class<?>> offered;
  private final Configuration configuration;

  /**
   * @param colophon the ports of the home, for reading
   * @param libraries finds what single-file flows declare
   * @param workingFolder against which relative paths are resolved
   * @param offered classes that source files may name, besides those of flow and core
   * @param configuration gives parameters that a run's options don't
   */
  public FlowPreview(
      Colophon colophon,
      Home home,
      Libraries libraries,
      Path workingFolder,
      Clock clock,
      List<Class<?>> offered,
      Configuration configuration) {
    this.colophon = colophon;
    this.home = home;
    this.libraries = libraries;
    this.workingFolder = workingFolder;
    this.clock = clock;
    this.offered = List.copyOf(offered);
    this.configuration = configuration;
  }

  /**
   * What would become of each step of a flow.
   *
   * @param flow its name
   * @param steps in graph order
   */
  public record Preview(Name flow, List<StepForecast> steps) {
    public Preview {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Plays a run through.
   *
   * @throws dev.colophon.core.error.ColophonException as the run would, before it starts
   */
  public Preview of(FlowTarget target, RunOptions options) {
    Path scratch = scratch();
    try {
      return of(target, options, scratch);
    } finally {
      Scratch.deleteQuietly(scratch);
    }
  }

  private Preview of(FlowTarget target, RunOptions options, Path scratch) {
    Path cache = home.exists() ? home.cache() : scratch.resolve("cache");
    LoadedFlow flow = new FlowLoader(libraries, cache, workingFolder, offered).load(target);
    Codecs codecs = new Codecs();
    FlowGraph graph = flow.program().graph();
    options.refresh().check(graph);
    Forecast.Wanted wanted =
        new Forecast.Wanted(
            new ParamBinder(flow.program(), new ValueJson(codecs))
                .bind(options.parametersOver(configuration, graph)),
            options.seed(),
            options.asOf(),
            new DatasetCapture(
                    new DigestsOnly(),
                    cache,
                    clock,
                    options.verifyInputs(),
                    InputCopies.around(flow.folder()))
                .capture(graph, flow.folder()),
            StepCodes.of(flow, options.refresh(), cache, clock),
            options.branching().of(graph.flow(), graph.project(), options.by()));
    Forecast.Ports ports =
        new Forecast.Ports(
            colophon.runs(), colophon.outcomes(), colophon.artifacts(), codecs, colophon.why());
    return new Preview(
        flow.program().graph().flow(),
        new Forecast(flow.program(), wanted, ports, clock, scratch)
            .steps(step -> options.refresh().typed(step)));
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("colophon-plan-");
    } catch (IOException e) {
      throw new Unavailable(
          "folder for temporary files: it can't be written (%s); name another with -Djava.io.tmpdir"
              .formatted(IoReason.of(e)),
          e);
    }
  }
}
