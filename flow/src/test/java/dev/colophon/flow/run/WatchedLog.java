package dev.colophon.flow.run;

import dev.colophon.core.run.RunLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** Run logs with somebody in front of them. */
final class WatchedLog {
  private WatchedLog() {}

  /** Hears of a call before it is made, in the caller's thread; what it throws, the caller gets. */
  interface Watcher {
    void called(String method, Object[] arguments);
  }

  static RunLog of(RunLog runs, Watcher watcher) {
    return (RunLog)
        Proxy.newProxyInstance(
            RunLog.class.getClassLoader(),
            new Class<?>[] {RunLog.class},
            (proxy, method, arguments) -> {
              Object[] given = arguments == null ? new Object[0] : arguments;
              watcher.called(method.getName(), given);
              try {
                return method.invoke(runs, given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
