package dev.colophon.cli;

import dev.colophon.cli.frame.Ports;
import dev.colophon.core.error.ColophonException.OutcomeUnknown;
import dev.colophon.core.run.RunLog;
import dev.colophon.embedded.Colophon;
import dev.colophon.embedded.Home;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Ports of a home whose catalog never says whether it declared runs lost. */
final class DoubtfulPorts implements Ports {
  @Override
  public Colophon open(Home home) {
    return doubtful(Colophon.open(home));
  }

  @Override
  public Colophon reading(Home home) {
    return doubtful(Colophon.reading(home));
  }

  private static Colophon doubtful(Colophon colophon) {
    RunLog runs =
        (RunLog)
            Proxy.newProxyInstance(
                RunLog.class.getClassLoader(),
                new Class<?>[] {RunLog.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("declareLost")) {
                    throw new OutcomeUnknown("nobody knows", new IOException("timeout"));
                  }
                  try {
                    return method.invoke(colophon.runs(), arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                  }
                });
    return Colophon.of(runs, colophon.registry(), colophon.outcomes(), colophon.store());
  }
}
