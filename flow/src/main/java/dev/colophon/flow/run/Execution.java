package dev.colophon.flow.run;

import java.time.Instant;

/** A task whose step runs now, in a thread of its own. */
record Execution(TaskNode node, TaskCall call, Thread thread, Instant startedAt) {}
