package dev.colophon.core.code;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a run took place; recorded by the runner.
 *
 * @param java version of the Java runtime, such as {@code 25.0.3+9-LTS}, with its vendor
 * @param os name, version and architecture
 * @param cpus processors that the process could use
 * @param maxHeapBytes most heap that the process could use
 * @param variables environment variables of the allow-list (docs/formats.md, "environment")
 * @param commandLine as typed, values of secret-looking options replaced
 */
public record Environment(
    String colophon,
    String java,
    String os,
    int cpus,
    long maxHeapBytes,
    String locale,
    String timeZone,
    String charset,
    String user,
    String host,
    String workingFolder,
    SortedMap<String, String> variables,
    List<String> commandLine) {
  public Environment {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    commandLine = List.copyOf(commandLine);
  }
}
