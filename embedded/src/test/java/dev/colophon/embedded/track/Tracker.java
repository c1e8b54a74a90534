package dev.colophon.embedded.track;

import dev.colophon.core.run.NewRun;
import dev.colophon.core.run.RunLog;
import dev.colophon.core.run.RunState;
import dev.colophon.flow.codec.Codecs;
import dev.colophon.testkit.MemoryCatalog;
import dev.colophon.testkit.MemoryStore;
import dev.colophon.testkit.SampleRecords;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tracks runs in memory, at a time of its own. */
final class Tracker {
  final RunLog runs = new MemoryCatalog().runLog();
  final List<String> warnings = new CopyOnWriteArrayList<>();
  private volatile Instant now = SampleRecords.START;

  void passes(long seconds) {
    now = now.plusSeconds(seconds);
  }

  TrackedRun start() {
    return start(ends -> {});
  }

  /** A run that asks before it commits. */
  TrackedRun start(Consumer<List<?>> beforeCommit) {
    RunLog asking =
        (RunLog)
            Proxy.newProxyInstance(
                RunLog.class.getClassLoader(),
                new Class<?>[] {RunLog.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("commit")) {
                    beforeCommit.accept((List<?>) arguments[1]);
                  }
                  try {
                    return method.invoke(runs, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    NewRun sample = SampleRecords.run("nightly");
    return new Tracking(
            asking,
            new MemoryStore(),
            new Codecs(),
            new Time(),
            path -> List.of(),
            address -> {
              throw new AssertionError(address);
            },
            warnings::add)
        .start(
            new NewRun(
                sample.flow(),
                new TreeMap<>(),
                List.of(),
                sample.code(),
                sample.environment(),
                0,
                now,
                now,
                "ana",
                sample.runner(),
                Tracking.STEPS,
                List.of()));
  }

  RunState state(TrackedRun run) {
    return runs.getRun(run.id()).state();
  }

  private final class Time extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new AssertionError(zone);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
