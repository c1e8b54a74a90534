#!/usr/bin/env python3
"""How long listings take that search among many runs: ./search.py [RUNS …], by default 100 1000 10000 100000.

Makes a home by one real run, multiplies its rows in the catalog (each run with a moment, parameters, metrics, tags and an
artifact of its own) and times whole processes of the command. Prints a table for docs/benchmarks.md.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from timing import time_process, wait_until_quiet

ROOT = Path(__file__).resolve().parent.parent
REPEATS = 7
MOST = 1_000_000

FLOW = """
import dev.colophon.flow.*;

@Flow
public class Search {
  @Param int months = 6;
  @Param String kind = "a";

  @Step
  double score(int months, TaskContext task) {
    task.metric("auc", 0.5);
    return 0.5;
  }
}
"""

CASES = {
    "newest 20": ["runs"],
    "by metric, parameter and tag": ["runs", "--where", "auc > 0.7 and param.months = 6 and tag = x"],
    "rare: 1 in 1,000 by metric": ["runs", "--where", "auc > 0.999"],
    "none": ["runs", "--where", "auc > 2 or param.kind = nothing"],
    "not and or": ["runs", "--where", "not (tag = x or auc < 0.9) and seconds > 2"],
    "largest metric first": ["runs", "--sort", "auc:desc"],
    "500 with an artifact each": ["runs", "--limit", "500", "--artifact", "score", "--json"],
}


def columns(db, table):
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def copy(db, table, changes, source):
    """Copies the row of the first run once for each number; a change is SQL over the row t and the number n.n."""
    names = columns(db, table)
    values = ", ".join(changes.get(name, f"t.{name}") for name in names)
    db.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} t, numbers n WHERE {source}")


def value(n):
    """A score between 0 and 1 that looks random and is the same each time."""
    return (n * 7919 % 100_003) / 100_003


def multiply(catalog, count):
    db = sqlite3.connect(catalog)
    db.create_function("value", 1, value, deterministic=True)
    db.create_function("number", 1, lambda n: json.dumps(value(n)), deterministic=True)
    db.create_function("sha256", 1, lambda text: hashlib.sha256(text.encode()).digest(), deterministic=True)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO numbers VALUES (?)", ((n,) for n in range(2, count + 1)))
    moment = "n.n * 60000000000"
    later = f"t.started_at + {moment}"
    copy(db, "runs", {
        "id": "n.n", "number": "n.n", "started_at": later, "heard_at": f"t.heard_at + {moment}",
        "ended_at": f"{later} + 1000000000 + n.n % 5000 * 1000000",
        "state": "CASE n.n % 10 WHEN 0 THEN 'failed' ELSE 'completed' END"}, "t.id = 1")
    copy(db, "parameters", {
        "run_id": "n.n",
        "value": "CASE t.name WHEN 'months' THEN CAST(1 + n.n % 12 AS TEXT) ELSE '\"' || char(97 + n.n % 26) || '\"' END",
        "plain": "CASE t.name WHEN 'months' THEN CAST(1 + n.n % 12 AS REAL) ELSE char(97 + n.n % 26) END"},
        "t.run_id = 1")
    db.execute(
        "INSERT INTO tags (run_id, position, tag, run_started_at) SELECT r.id, 0, CASE r.id % 3 WHEN 0 THEN 'x' ELSE 'y' END,"
        " r.started_at FROM runs r")
    copy(db, "steps", {"id": "n.n", "run_id": "n.n"}, "t.id = 1")
    copy(db, "tasks", {"id": "n.n", "step_id": "n.n", "key": "NULL"}, "t.id = 1")
    copy(db, "attempts", {"task_id": "n.n"}, "t.task_id = 1")
    copy(db, "metrics", {"task_id": "n.n", "value": "value(n.n)"}, "t.task_id = 1")
    copy(db, "run_metrics", {"run_id": "n.n", "value": "value(n.n)"}, "t.run_id = 1")
    db.execute(
        "INSERT OR IGNORE INTO artifacts (digest, kind, size_bytes, content)"
        " SELECT sha256(number(n)), 'blob', length(number(n)), CAST(number(n) AS BLOB) FROM numbers")
    copy(db, "outputs", {"task_id": "n.n", "digest": "sha256(number(n.n))"}, "t.task_id = 1")
    db.commit()
    db.close()
    os.sync()  # what was multiplied is on the disk, so that nothing of that is timed


def measure(count, command, folder):
    env = dict(os.environ, COLOPHON_HOME=str(folder / "home"))
    (folder / "Search.java").write_text(FLOW)
    time_process([command, "run", "Search.java"], folder, env)
    multiply(folder / "home" / "catalog.db", count)
    times = {}
    wait_until_quiet(0.1, 30)
    for name, words in CASES.items():
        timed = [time_process([command, *words], folder, env) for _ in range(REPEATS)]
        times[name] = statistics.median(one.wall for one in timed), statistics.median(one.cpu for one in timed)
    size = sum(file.stat().st_size for file in (folder / "home").glob("catalog.db*"))
    return times, size


def main():
    counts = [int(word) for word in sys.argv[1:]] or [100, 1_000, 10_000, 100_000]
    if max(counts) > MOST:
        sys.exit(f"{max(counts)} runs: at most {MOST}")
    command = str(ROOT / "colophon")
    results = {}
    for count in counts:
        folder = Path(tempfile.mkdtemp(prefix="search-"))
        try:
            results[count] = measure(count, command, folder)
        finally:
            shutil.rmtree(folder)
    print("| wall / CPU s | " + " | ".join(f"{count:,} runs" for count in counts) + " |")
    print("|---" * (len(counts) + 1) + "|")
    for name in CASES:
        cells = [f"{results[count][0][name][0]:.2f} / {results[count][0][name][1]:.2f}" for count in counts]
        print(f"| {name} | " + " | ".join(cells) + " |")
    print("| catalog, MB | " + " | ".join(f"{results[count][1] / 1e6:.1f}" for count in counts) + " |")


if __name__ == "__main__":
    main()
