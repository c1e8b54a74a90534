package dev.colophon.cli.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * The end of this process. Interrupts are had from {@code sun.misc.Signal}, which every JDK has in
 * its module {@code jdk.unsupported} and no compiler lets through without a warning: hence by
 * reflection, and doing without where it is missing or the JVM keeps signals to itself ({@code
 * -Xrs}).
 */
enum ProcessExit implements OrderlyEnd.Exit {
  OF_THIS;

  @Override
  public void halt(int status) {
    Runtime.getRuntime().halt(status);
  }

  @Override
  public boolean onInterrupt(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handled =
          Proxy.newProxyInstance(
              ProcessExit.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), handled);
      return true;
    } catch (InvocationTargetException | IllegalArgumentException e) {
      return false; // the JVM refuses
    } catch (ReflectiveOperationException e) {
      return false; // there is no such thing
    }
  }
}
