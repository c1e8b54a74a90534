#!/usr/bin/env python3
"""Times Colophon side by side with Metaflow 2.19, whole processes from the shell, and writes docs/benchmarks.md.

    benchmarks/bench.py                          all cases, about half an hour on 2 cores
    benchmarks/bench.py --only trivial,fan100    some of them; the other figures stay as they were
    benchmarks/bench.py --side metaflow          one side only
    benchmarks/bench.py --report                 only writes docs/benchmarks.md again

Needs Linux, a JDK, Git, Python 3.9 with venv and, the first time, the network (pip install "metaflow==2.19.*").
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import cases
import report
from results import Results
from sides import Colophon, Metaflow


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", default="", help="names of cases: " + ", ".join(cases.CASES))
    arguments.add_argument("--side", choices=["both", "colophon", "metaflow"], default="both")
    arguments.add_argument("--runs", type=int, default=7, help="counted runs of each command (default 7)")
    arguments.add_argument("--quiet", type=float, default=0.10, help="a run starts when the machine's CPUs are busy less than this share, or when it has waited long enough (default 0.10)")
    arguments.add_argument("--patience", type=float, default=20, help="how long a run waits for that, in seconds (default 20)")
    arguments.add_argument("--work", help="folder for homes, repositories and the venv (default: a new temporary one, removed at the end)")
    arguments.add_argument("--colophon", default=str(Path(__file__).parent.parent / "colophon"), help="the command to time")
    arguments.add_argument("--report", action="store_true", help="measure nothing")
    options = arguments.parse_args()
    names = options.only.split(",") if options.only else list(cases.CASES)
    unknown = [name for name in names if name not in cases.CASES]
    if unknown:
        arguments.error(f"no case {unknown[0]}; there are {', '.join(cases.CASES)}")

    results = Results.read()
    if not options.report:
        if options.work:
            Path(options.work).mkdir(parents=True, exist_ok=True)
            measure(options, names, Path(options.work).resolve(), results)
        else:
            with tempfile.TemporaryDirectory(prefix="colophon-bench-") as work:
                measure(options, names, Path(work), results)
    report.write(results)


def measure(options, names, work, results):
    ours = Colophon(options.colophon, work) if options.side != "metaflow" else None
    peer = Metaflow(work) if options.side != "colophon" else None
    bench = cases.Bench(ours, peer, work, options.runs, (options.quiet, options.patience))
    results.describe_machine(work, ours, peer)
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        for figure, value in cases.CASES[name](bench).items():
            results.put(figure, value)
            print(f"  {figure}: {value}", file=sys.stderr, flush=True)
        results.save()


if __name__ == "__main__":
    main()
