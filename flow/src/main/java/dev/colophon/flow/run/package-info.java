/**
 * The local runner: turns a checked graph into tasks, executes them in parallel and commits what
 * they leave behind.
 *
 * <p>A value's way: {@link TaskCall} reads the inputs by value and calls the step; {@link
 * TaskContents} takes the result's bytes; the {@link Committer} makes bytes, then records, durable
 * in groups; the {@link RunSession} hands the stored value on to the tasks that wait for it.
 */
@NullMarked
package dev.colophon.flow.run;

import org.jspecify.annotations.NullMarked;
