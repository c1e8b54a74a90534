package dev.colophon.flow.code;

import dev.colophon.core.code.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.TreeMap;

/**
 * Says where a run took place, from what its process was told. Pure: equal arguments give an equal
 * environment.
 *
 * @param colophon version of Colophon
 * @param properties the JVM's system properties
 * @param variables the process's environment variables; those of the allow-list are recorded
 * @param commandLine as typed; secrets are taken out
 * @param cpus processors that the process can use
 * @param maxHeapBytes most heap that the process can use
 * @param locale as a language tag
 * @param timeZone its id
 * @param host name of the machine
 */
public record EnvironmentCapture(
    String colophon,
    Map<String, String> properties,
    Map<String, String> variables,
    List<String> commandLine,
    int cpus,
    long maxHeapBytes,
    String locale,
    String timeZone,
    String host) {
  /** Variables that change what a JVM, its natives or its time and text formats do. */
  private static final Set<String> ALLOWED =
      Set.of(
          "CLASSPATH",
          "CUDA_VISIBLE_DEVICES",
          "JAVA_HOME",
          "JAVA_OPTS",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "LANG",
          "LANGUAGE",
          "LD_LIBRARY_PATH",
          "MALLOC_ARENA_MAX",
          "MKL_NUM_THREADS",
          "OMP_NUM_THREADS",
          "OPENBLAS_NUM_THREADS",
          "PYTHONHASHSEED",
          "SOURCE_DATE_EPOCH",
          "TZ",
          "CI");

  private static final Set<String> ALLOWED_STARTS = Set.of("COLOPHON_", "LC_");
  private static final String UNKNOWN = "unknown";

  public EnvironmentCapture {
    properties = Map.copyOf(properties);
    variables = Map.copyOf(variables);
    commandLine = List.copyOf(commandLine);
  }

  /**
   * What this process was told.
   *
   * @param commandLine as typed, with the name of the program or without
   */
  public static EnvironmentCapture ofThisProcess(String colophon, List<String> commandLine) {
    Map<String, String> properties = new TreeMap<>();
    System.getProperties()
        .stringPropertyNames()
        .forEach(name -> properties.put(name, System.getProperty(name, "")));
    Runtime runtime = Runtime.getRuntime();
    return new EnvironmentCapture(
        colophon,
        properties,
        System.getenv(),
        commandLine,
        runtime.availableProcessors(),
        runtime.maxMemory(),
        Locale.getDefault().toLanguageTag(),
        TimeZone.getDefault().getID(),
        host(System.getenv()));
  }

  /** Never asks the network, which may be slow or absent. */
  private static String host(Map<String, String> variables) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return variables.getOrDefault("HOSTNAME", variables.getOrDefault("COMPUTERNAME", UNKNOWN));
    }
  }

  /** The environment, as it goes into the record of a run. */
  public Environment environment() {
    return new Environment(
        colophon,
        "%s %s".formatted(property("java.runtime.version"), property("java.vendor")),
        "%s %s %s".formatted(property("os.name"), property("os.version"), property("os.arch")),
        cpus,
        maxHeapBytes,
        locale,
        timeZone,
        property("file.encoding"),
        property("user.name"),
        host,
        property("user.dir"),
        allowed(),
        Secrets.redacted(commandLine));
  }

  private SortedMap<String, String> allowed() {
    SortedMap<String, String> allowed = new TreeMap<>();
    variables.forEach(
        (name, value) -> {
          if (ALLOWED.contains(name) || ALLOWED_STARTS.stream().anyMatch(name::startsWith)) {
            boolean hidden = Secrets.isSecret(name);
            allowed.put(name, hidden ? Secrets.HIDDEN : Secrets.redacted(value));
          }
        });
    return allowed;
  }

  private String property(String name) {
    return properties.getOrDefault(name, UNKNOWN);
  }
}
