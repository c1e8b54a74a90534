"""Times whole processes, by the operating system's own accounts of them."""

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timed:
    """One finished process with all the processes that it waited for.

    wall and cpu (user + system) are in seconds; peak_bytes is the resident set of the largest single process;
    others is the share of the machine's CPU time that went to anything else meanwhile.
    """

    wall: float
    cpu: float
    peak_bytes: int
    others: float


def busy_seconds():
    """CPU seconds spent by the whole machine since it started; time stolen by its host counts as spent."""
    fields = [int(f) for f in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _iowait, irq, softirq, steal = fields
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def time_process(argv, cwd, env):
    """Runs the command; its output is kept only to be shown if it fails, which ends the benchmark."""
    with open(Path(cwd) / ".output", "w+b") as output:
        before = busy_seconds()
        start = time.perf_counter()
        child = subprocess.Popen(argv, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        busy = busy_seconds() - before
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            output.seek(0)
            sys.exit(f"{argv}: exit status {child.returncode}\n{output.read().decode(errors='replace')[-4000:]}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy - cpu) / (wall * os.cpu_count())
    return Timed(wall, cpu, usage.ru_maxrss * 1024, min(1.0, others))


def wait_until_quiet(share, patience):
    """Returns once the machine has spent less than this share of its CPU time over half a second, or after patience seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        before, start = busy_seconds(), time.perf_counter()
        time.sleep(0.5)
        if (busy_seconds() - before) / ((time.perf_counter() - start) * os.cpu_count()) < share:
            return


def alternate(commands, runs, quiet, warmup=1):
    """Runs the commands in turn, A B A B ….

    commands: name -> function that runs it once and returns a Timed. quiet: arguments of wait_until_quiet. Returns name -> list of the counted ones.
    """
    counted = {name: [] for name in commands}
    for turn in range(warmup + runs):
        for name, command in commands.items():
            wait_until_quiet(*quiet)
            timed = command()
            if turn >= warmup:
                counted[name].append(timed)
    return counted


def summary(timed):
    """Medians, with the range of the wall time."""
    walls = [t.wall for t in timed]
    return {
        "runs": len(timed),
        "wall": statistics.median(walls),
        "wall_min": min(walls),
        "wall_max": max(walls),
        "cpu": statistics.median(t.cpu for t in timed),
        "peak_mb": statistics.median(t.peak_bytes for t in timed) / 1e6,
        "others": statistics.median(t.others for t in timed),
    }


def difference(larger, smaller):
    """Median of the pairwise differences of wall and CPU time; both lists come from one call of alternate."""
    return {
        "wall": statistics.median(a.wall - b.wall for a, b in zip(larger, smaller)),
        "cpu": statistics.median(a.cpu - b.cpu for a, b in zip(larger, smaller)),
    }


def sync_milliseconds(folder, times=200):
    """What the disk below a folder takes to make 4 KiB durable: appended and fdatasync'ed; as a new file, in place."""
    folder = Path(folder)
    block = os.urandom(4096)
    appended, placed = [], []
    log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    directory = os.open(folder, os.O_RDONLY)
    for i in range(times):
        start = time.perf_counter()
        os.write(log, block)
        os.fdatasync(log)
        appended.append(time.perf_counter() - start)
        start = time.perf_counter()
        file = os.open(folder / "tmp", os.O_CREAT | os.O_WRONLY)
        os.write(file, block)
        os.fsync(file)
        os.close(file)
        os.rename(folder / "tmp", folder / f"object-{i}")
        os.fsync(directory)
        placed.append(time.perf_counter() - start)
    os.close(log)
    os.close(directory)
    quantiles = lambda seconds: {"p50": 1e3 * statistics.median(seconds), "p99": 1e3 * sorted(seconds)[int(0.99 * times)]}
    return {"append": quantiles(appended), "new_file": quantiles(placed)}
