import static org.assertj.core.api.Assertions.assertThat;

import dev.colophon.core.Digest;
import dev.colophon.core.Name;
import dev.colophon.core.Subject.RunId;
import dev.colophon.core.Subject.VersionId;
import dev.colophon.core.run.Metric;
import dev.colophon.core.run.RunState;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.FlowLauncher;
import dev.colophon.embedded.FlowTarget;
import dev.colophon.embedded.Home;
import dev.colophon.embedded.Refresh;
import dev.colophon.embedded.RunOptions;
import dev.colophon.embedded.config.Configuration;
import dev.colophon.flow.run.ParamValue;
import dev.colophon.flow.run.RunListener;
import dev.colophon.flow.run.RunOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow, on the real data, for one month. */
class FlightsFlowTest {
  @TempDir Path folder;
  private Colophon colophon;
  private FlowLauncher launcher;

  @BeforeEach
  void open() {
    Home home = new Home(folder.resolve("home"));
    colophon = Colophon.open(home);
    launcher =
        new FlowLauncher(
            colophon,
            home,
            coordinates -> List.of(),
            Path.of("flights").toAbsolutePath(),
            Clock.systemUTC(),
            List.of(),
            Configuration.NONE);
  }

  @AfterEach
  void close() {
    colophon.close();
  }

  @Test
  void trainingTwiceGivesOneModelDigest() throws Exception {
    RunOutcome first = run();
    RunOutcome second = run();
    assertThat(first.run().state()).isEqualTo(RunState.COMPLETED);
    assertThat(second.models())
        .extracting(model -> model.version())
        .containsExactly(new VersionId(Name.of("flight-delays"), 2));
    assertThat(digest(second)).isEqualTo(digest(first));
  }

  @Test
  void theMonthIsPredictedHonestly() throws Exception {
    RunId run = run().run().id();
    List<Double> auc =
        colophon.runs().metrics(run).values().stream()
            .flatMap(List::stream)
            .filter(metric -> metric.name().equals("auc"))
            .map(Metric::value)
            .toList();
    // about 0.66 with the schedule only and 0.71 with the weather; 0.76 and more would be a leak
    assertThat(auc).hasSize(2).allMatch(value -> value > 0.64 && value < 0.75);
  }

  private Digest digest(RunOutcome outcome) {
    return colophon
        .registry()
        .getVersion(outcome.models().getFirst().version())
        .artifact()
        .digest();
  }

  private RunOutcome run() throws InterruptedException {
    RunOptions options =
        new RunOptions(
            ParamValue.typed(Map.of("from", "2013-07", "months", "1")),
            List.of(),
            2,
            0,
            Optional.empty(),
            false,
            new Refresh(true, Set.of()),
            "ana",
            List.of());
    return launcher.run(
        new FlowTarget.LoadedClass(FlightDelays.class), options, RunListener.SILENT, warning -> {});
  }
}
