package dev.colophon.flow.run;

import dev.colophon.core.Digest;
import dev.colophon.core.Subject.TaskId;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * The random generator of a task: equal in every run with the same run seed, different for every
 * task.
 *
 * <p>{@link SplittableRandom} (SplitMix64; Steele, Lea and Flood, 2014) seeded with the first eight
 * bytes of SHA-256 over {@code <run seed>/<step>/<index>}.
 */
final class TaskSeed {
  private TaskSeed() {}

  static RandomGenerator generator(long runSeed, TaskId task) {
    return new SplittableRandom(seed(runSeed, task));
  }

  static long seed(long runSeed, TaskId task) {
    Digest digest = Digest.of(runSeed + "/" + task.step() + "/" + task.index());
    return ByteBuffer.wrap(digest.bytes()).getLong();
  }
}
