"""What is timed. A case runs both sides in turn and returns its figures by name."""

import itertools
import re
import shutil
import statistics
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import chain
import timing
from sides import Colophon, Metaflow

LONG_CHAIN = 1000
METAFLOW_LONG_CHAIN = 13  # at about half a second a step
SHORT_CHAIN = 3
DOUBLES = 25_000_000  # 200 MB
METAFLOW_FAN_WORKERS = 2


@dataclass
class Bench:
    """What the cases share; a side that isn't timed is None."""

    ours: Optional[Colophon]
    peer: Optional[Metaflow]
    work: Path
    runs: int
    quiet: tuple  # arguments of timing.wait_until_quiet

    def time(self, commands, runs=None):
        return timing.alternate(commands, runs or self.runs, self.quiet)


def start(bench):
    """Commands that only read, in a home with 50 runs."""
    commands = {}
    if bench.ours:
        folder = bench.ours.repository("start", "Trivial.java")
        for _ in range(50):
            bench.ours.call(folder, "run", "Trivial.java")
        commands["version.ours"] = lambda: bench.ours.call(folder, "--version")
        commands["runs.ours"] = lambda: bench.ours.call(folder, "runs")
    if bench.peer:
        there = bench.peer.folder("start", "trivial.py")
        for _ in range(50):
            bench.peer.call(there, "trivial.py", "run")
        list_runs = "from metaflow import Flow, namespace; namespace(None); print([(r.id, r.successful) for r in Flow('Trivial')])"
        commands["version.metaflow"] = lambda: bench.peer.call(there, "-c", "import metaflow; print(metaflow.__version__)")
        commands["runs.metaflow"] = lambda: bench.peer.call(there, "-c", list_runs)
    timed = bench.time(commands)
    figures = summaries(timed)
    if bench.ours and bench.peer:
        figures["runs.ratio"] = ratio(timed["runs.ours"], timed["runs.metaflow"])
    return figures


def trivial(bench):
    """Three steps: just after an edit, with the source unchanged, and after an edit without the start-up cache."""
    commands, constants = {}, itertools.count(1)
    if bench.ours:
        edited = bench.ours.repository("edited", "Trivial.java")
        unchanged = bench.ours.repository("unchanged", "Trivial.java")

        def after_edit(**variables):
            bench.ours.edited(edited, next(constants))
            return bench.ours.call(edited, "run", "Trivial.java", **variables)

        commands["edited.ours"] = after_edit
        commands["unchanged.ours"] = lambda: bench.ours.call(unchanged, "run", "Trivial.java")
        commands["edited_no_cache.ours"] = lambda: after_edit(COLOPHON_AOT="off")
    if bench.peer:
        there = bench.peer.folder("trivial", "trivial.py")

        def metaflow_after_edit():
            bench.peer.edited(there, next(constants))
            return bench.peer.call(there, "trivial.py", "run")

        commands["trivial.metaflow"] = metaflow_after_edit
    timed = bench.time(commands)
    figures = summaries(timed)
    for ours in ("edited", "unchanged"):
        if bench.ours and bench.peer:
            figures[f"{ours}.ratio"] = ratio(timed[f"{ours}.ours"], timed["trivial.metaflow"])
    return figures


def steps(bench):
    """What one more sequential step costs: a long chain less a short one, by the number of steps between them."""
    commands = {}
    if bench.ours:
        folder = bench.ours.repository("chain", "Trivial.java")
        for length in (SHORT_CHAIN, LONG_CHAIN):
            (folder / f"Chain{length}.java").write_text(chain.java(length))
        # A flow's folder is compiled as a whole, so each chain has a folder of its own.
        for length in (SHORT_CHAIN, LONG_CHAIN):
            own = folder / f"of{length}"
            own.mkdir()
            (folder / f"Chain{length}.java").rename(own / f"Chain{length}.java")
        commands["chain.short"] = lambda: bench.ours.call(folder, "run", f"of{SHORT_CHAIN}/Chain{SHORT_CHAIN}.java")
        commands["chain.long"] = lambda: bench.ours.call(folder, "run", f"of{LONG_CHAIN}/Chain{LONG_CHAIN}.java")
    if bench.peer:
        there = bench.peer.folder("chain")
        for length in (SHORT_CHAIN, METAFLOW_LONG_CHAIN):
            (there / f"chain{length}.py").write_text(chain.python(length))
        commands["chain.metaflow.short"] = lambda: bench.peer.call(there, f"chain{SHORT_CHAIN}.py", "run")
        commands["chain.metaflow.long"] = lambda: bench.peer.call(there, f"chain{METAFLOW_LONG_CHAIN}.py", "run")
    timed = bench.time(commands)
    figures = summaries(timed)
    if bench.ours:
        figures["step.ours"] = per(timing.difference(timed["chain.long"], timed["chain.short"]), LONG_CHAIN - SHORT_CHAIN)
    if bench.peer:
        marginal = timing.difference(timed["chain.metaflow.long"], timed["chain.metaflow.short"])
        figures["step.metaflow"] = per(marginal, METAFLOW_LONG_CHAIN - SHORT_CHAIN)
    return figures


def fan100(bench):
    """A fan-out of 100 and a join; Metaflow with two workers, which suits two processors best."""
    commands = {}
    if bench.ours:
        folder = bench.ours.repository("fan100", "Fan.java")
        commands["fan100.ours"] = lambda: bench.ours.call(folder, "run", "Fan.java", "--width", "100")
    if bench.peer:
        there = bench.peer.folder("fan100", "fan.py")
        run = ["fan.py", "run", "--width", "100", "--max-workers", str(METAFLOW_FAN_WORKERS)]
        commands["fan100.metaflow"] = lambda: bench.peer.call(there, *run)
    timed = bench.time(commands)
    figures = summaries(timed)
    if bench.ours and bench.peer:
        figures["fan100.ratio"] = ratio(timed["fan100.ours"], timed["fan100.metaflow"])
    return figures


def fan1000(bench):
    return fan(bench, 1000)


def fan20000(bench):
    return fan(bench, 20_000, java_options="-Xmx600m")


def fan(bench, width, java_options=""):
    """A wide fan-out, and how much of the heap it held at the most after a collection, in a run of its own."""
    if not bench.ours:
        return {}
    name = f"fan{width}"
    folder = bench.ours.repository(name, "Fan.java")
    run = ["run", "Fan.java", "--width", str(width)]
    figures = summaries(bench.time({f"{name}.ours": lambda: bench.ours.call(folder, *run, java_options=java_options)}))
    log = folder / "gc.log"
    bench.ours.call(folder, *run, java_options=f"{java_options} -Xlog:gc:file={log}")
    pauses = [[int(mb) for mb in pause] for pause in re.findall(r"(\d+)M->(\d+)M\((\d+)M\)", log.read_text())]
    figures[f"{name}.heap"] = {
        "live_mb": max((after for _, after, _ in pauses), default=0),
        "committed_mb": max((committed for _, _, committed in pauses), default=0),
    }
    return figures


def snapshot(bench):
    """The code version of an unchanged repository of 2,000 files: a run in it less one in a repository of one file."""
    if not bench.ours:
        return {}
    small = bench.ours.repository("snapshot1", "Trivial.java")
    large = bench.ours.repository("snapshot2000", "Trivial.java", more_files=2000)
    commands = {
        "snapshot.small": lambda: bench.ours.call(small, "run", "Trivial.java"),
        "snapshot.large": lambda: bench.ours.call(large, "run", "Trivial.java"),
    }
    timed = bench.time(commands, runs=2 * bench.runs)  # a small difference of larger numbers
    return {**summaries(timed), "snapshot.added": timing.difference(timed["snapshot.large"], timed["snapshot.small"])}


def doubles(bench):
    """Makes, saves and loads 200 MB of random doubles in two steps, less the same with one double."""
    commands = {}
    if bench.ours:
        folder = bench.ours.repository("doubles", "Doubles.java")
        commands["doubles.ours"] = lambda: afresh(
            folder / ".colophon", lambda: bench.ours.call(folder, "run", "Doubles.java", "--length", str(DOUBLES))
        )
        commands["doubles.ours.one"] = lambda: bench.ours.call(folder, "run", "Doubles.java", "--length", "1")
    if bench.peer:
        there = bench.peer.folder("doubles", "doubles.py")
        commands["doubles.metaflow"] = lambda: afresh(
            there / ".metaflow", lambda: bench.peer.call(there, "doubles.py", "run", "--length", str(DOUBLES))
        )
        commands["doubles.metaflow.one"] = lambda: bench.peer.call(there, "doubles.py", "run", "--length", "1")
    timed = bench.time(commands)
    figures = summaries(timed)
    for side in ("ours", "metaflow"):
        if f"doubles.{side}" in timed:
            figures[f"doubles.{side}.added"] = timing.difference(timed[f"doubles.{side}"], timed[f"doubles.{side}.one"])
    if bench.ours and bench.peer:
        figures["doubles.ratio"] = ratio(timed["doubles.ours"], timed["doubles.metaflow"])
    return figures


def array(bench):
    """The same array through codec and store in a warm process."""
    if not bench.ours:
        return {}
    timing.wait_until_quiet(*bench.quiet)
    speeds = bench.ours.array_speeds(bench.runs)
    return {
        "array": {
            direction: {"median": statistics.median(rates), "least": min(rates), "most": max(rates)}
            for direction, rates in speeds.items()
        }
    }


def files(bench):
    """Files that one more run leaves on disk: three steps just after an edit, and fan-outs."""
    figures = {}
    if bench.ours:
        folder = bench.ours.repository("files", "Trivial.java", "Fan.java")
        bench.ours.call(folder, "run", "Trivial.java")
        for name, run in {
            "trivial": ["run", "Trivial.java"],
            "fan100": ["run", "Fan.java", "--width", "100"],
            "fan1000": ["run", "Fan.java", "--width", "1000"],
        }.items():
            before = bench.ours.files(folder)
            bench.ours.edited(folder, len(figures) + 1)
            bench.ours.call(folder, *run)
            figures[f"files.{name}.ours"] = bench.ours.files(folder) - before
    if bench.peer:
        there = bench.peer.folder("files", "trivial.py", "fan.py")
        for name, run in {"trivial": ["trivial.py", "run"], "fan100": ["fan.py", "run", "--width", "100"]}.items():
            before = bench.peer.files(there)
            bench.peer.call(there, *run)
            figures[f"files.{name}.metaflow"] = bench.peer.files(there) - before
    return figures


def afresh(home, command):
    """Removes the home first, so that equal content is written again each time."""
    shutil.rmtree(home, ignore_errors=True)
    return command()


def summaries(timed):
    return {name: timing.summary(runs) for name, runs in timed.items()}


def ratio(ours, theirs):
    """How many times longer the peer takes, pair by pair."""
    return {
        "wall": statistics.median(b.wall / a.wall for a, b in zip(ours, theirs)),
        "cpu": statistics.median(b.cpu / a.cpu for a, b in zip(ours, theirs)),
    }


def per(cost, number):
    return {name: seconds / number for name, seconds in cost.items()}


CASES = {case.__name__: case for case in (start, trivial, steps, fan100, fan1000, fan20000, snapshot, doubles, array, files)}
