"""Writes the figures into docs/benchmarks.md, between its two marks; the words around them are written by hand."""

from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN = "<!-- figures: written by benchmarks/bench.py -->"
END = "<!-- end of figures -->"
NONE = "–"
QUIET = 0.15  # share of the CPUs that others may use


def write(results):
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n\n{figures(results.figures)}\n\n{END}{after}")


def figures(f):
    return "\n\n".join([machine(f), targets(f), side_by_side(f), all_runs(f)])


def machine(f):
    m, sync = f["machine"], f["sync"]
    return (
        f"Measured {m['date']}: {m['cpus']} CPUs ({m['processor']}, virtual), {m['memory_gb']} GB, {m['system']}, "
        f"{f.get('colophon', 'colophon not measured')}, Metaflow {f.get('metaflow', 'not measured')} on Python {m['python']}.\n\n"
        f"The disk's own time to make 4 KiB durable: appended and fdatasync'ed {milliseconds(sync['append'])}; "
        f"as a new file (write, fsync, rename, fsync of the folder) {milliseconds(sync['new_file'])}."
    )


def milliseconds(quantiles):
    return f"{quantiles['p50']:.2f} ms (p99 {quantiles['p99']:.1f} ms)"


def seconds(f, figure, part="wall"):
    return f"{f[figure][part]:.2f} s" if figure in f else NONE


def range_of(f, figure):
    return f"{f[figure]['wall_min']:.2f} to {f[figure]['wall_max']:.2f}" if figure in f else NONE


def targets(f):
    """What the project asked of itself, beside what was measured."""
    rows = [
        ("`--version`", "≤ 0.15 s", *wall(f, "version.ours", 0.15)),
        ("`runs`, 50 runs in the home", "≤ 0.30 s", *wall(f, "runs.ours", 0.30)),
        ("3 steps just after an edit, compiled", "≤ 0.75 s", *wall(f, "edited.ours", 0.75)),
        ("3 steps, source unchanged", "≤ 0.45 s", *wall(f, "unchanged.ours", 0.45)),
        ("3 steps just after an edit, without the start-up cache", "≤ 3 s", *wall(f, "edited_no_cache.ours", 3)),
        ("each further sequential step, durable (1,000 steps)", "≤ 2 ms", *cost(f, "step.ours", "chain.long", 0.002)),
        ("fan-out of 100", "≤ 0.7 s", *wall(f, "fan100.ours", 0.7)),
        ("fan-out of 1,000", "≤ 1.2 s", *wall(f, "fan1000.ours", 1.2)),
        ("fan-out of 20,000 within `-Xmx600m`", "≤ 6 s", *wall(f, "fan20000.ours", 6)),
        ("snapshot of an unchanged repository of 2,000 files", "≤ 30 ms", *cost(f, "snapshot.added", "snapshot.large", 0.030)),
        ("200 MB of doubles saved", "≥ 400 MB/s", *speed(f, "save", 400)),
        ("200 MB of doubles loaded", "≥ 800 MB/s", *speed(f, "load", 800)),
        ("files on disk for a run of 3 steps, edited", "≤ 30", *count(f, "files.trivial.ours", 30)),
        ("files on disk for a fan-out of 1,000", "≤ 30", *count(f, "files.fan1000.ours", 30)),
    ]
    return table(["", "target", "measured", "least to most", "CPU time", "reached"], rows)


def wall(f, figure, limit):
    if figure not in f:
        return (NONE,) * 4
    judged = verdict(f[figure]["wall"] <= limit, f[figure]["others"])
    return seconds(f, figure), range_of(f, figure), seconds(f, figure, "cpu"), judged


def cost(f, figure, of, limit):
    """A difference between commands, one of which is named."""
    if figure not in f:
        return (NONE,) * 4
    judged = verdict(f[figure]["wall"] <= limit, f[of]["others"])
    return f"{1e3 * f[figure]['wall']:.1f} ms", NONE, f"{1e3 * f[figure]['cpu']:.1f} ms", judged


def speed(f, direction, limit):
    if "array" not in f:
        return (NONE,) * 4
    median, least, most = (f["array"][direction][part] for part in ("median", "least", "most"))
    return f"{median:,.0f} MB/s", f"{least:,.0f} to {most:,.0f}", NONE, verdict(median >= limit)


def count(f, figure, limit):
    return (str(f[figure]), NONE, NONE, verdict(f[figure] <= limit)) if figure in f else (NONE,) * 4


def verdict(reached, others=0.0):
    """What a busy machine did not reach is not judged by its wall time."""
    if reached:
        return "yes"
    return f"not judged: others used {100 * others:.0f} % of the CPUs" if others > QUIET else "**no**"


def side_by_side(f):
    """Wall and CPU seconds of both sides, and how many times longer the peer takes, pair by pair."""

    def row(label, ours, theirs, times):
        rate = f"{f[times]['wall']:.1f} × ({f[times]['cpu']:.1f} × CPU)" if times in f else NONE
        return label, both(f, ours), both(f, theirs), rate

    rows = [
        row("3 steps just after an edit", "edited.ours", "trivial.metaflow", "edited.ratio"),
        row("3 steps, source unchanged", "unchanged.ours", "trivial.metaflow", "unchanged.ratio"),
        row("list 50 runs", "runs.ours", "runs.metaflow", "runs.ratio"),
        row("fan-out of 100", "fan100.ours", "fan100.metaflow", "fan100.ratio"),
        row("make, save, load 200 MB of doubles", "doubles.ours", "doubles.metaflow", "doubles.ratio"),
    ]
    if "step.ours" in f and "step.metaflow" in f:
        ours, theirs = f["step.ours"], f["step.metaflow"]
        shown = lambda s: f"{s['wall']:.4f} / {s['cpu']:.4f}"
        rate = f"{theirs['wall'] / ours['wall']:.0f} × ({theirs['cpu'] / ours['cpu']:.0f} × CPU)"
        rows.append(("each further sequential step", shown(ours), shown(theirs), rate))
    for name, label in {"trivial": "files left by a run of 3 steps", "fan100": "files left by a fan-out of 100"}.items():
        ours, theirs = f.get(f"files.{name}.ours", NONE), f.get(f"files.{name}.metaflow", NONE)
        rows.append((label, str(ours), str(theirs), NONE))
    return table(["wall / CPU s", "Colophon", "Metaflow", "Metaflow takes"], rows)


def both(f, figure):
    return f"{f[figure]['wall']:.2f} / {f[figure]['cpu']:.2f}" if figure in f else NONE


def all_runs(f):
    """Every command timed, so that a wide range or a busy machine can be seen."""
    rows = [
        (
            f"`{name}`", str(v["runs"]), f"{v['wall']:.3f}", f"{v['wall_min']:.3f}", f"{v['wall_max']:.3f}",
            f"{v['cpu']:.3f}", f"{v['peak_mb']:.0f}", f"{100 * v['others']:.0f} %",
        )
        for name, v in sorted(f.items())
        if isinstance(v, dict) and "wall_min" in v
    ]
    heap = [
        f"Heap of the fan-out of {width:,}: at most {v['live_mb']} MB held after a collection, {v['committed_mb']} MB committed."
        for width in (1000, 20_000)
        if (v := f.get(f"fan{width}.heap"))
    ]
    head = ["command", "runs", "wall s, median", "least", "most", "CPU s", "peak memory MB", "CPUs used by others"]
    return "\n\n".join([*heap, table(head, rows)])


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
