package dev.colophon.core.run;

import java.time.Instant;

/**
 * The process that executes a run: who has to be alive for the run to go on.
 *
 * @param host name of the machine together with its boot, so that a pid is never mistaken after a
 *     restart
 * @param pid process id on that host
 * @param startedAt start of that process as the operating system tells it; tells a reused pid from
 *     the first
 */
public record Runner(String host, long pid, Instant startedAt) {}
