"""The figures measured so far, kept between calls so that cases can be measured one by one."""

import json
import os
import platform
import re
import subprocess
from datetime import date
from pathlib import Path

import timing

FILE = Path(__file__).resolve().parent / "target" / "results.json"


class Results:
    def __init__(self, figures):
        self.figures = figures

    @classmethod
    def read(cls):
        return cls(json.loads(FILE.read_text()) if FILE.exists() else {})

    def save(self):
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(self.figures, indent=1, sort_keys=True) + "\n")

    def put(self, figure, value):
        self.figures[figure] = value

    def describe_machine(self, work, ours, peer):
        """What a reader needs to judge the figures: processors, memory, system, versions, the disk; no names or paths."""
        scratch = work / "sync"
        scratch.mkdir(exist_ok=True)
        memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1))
        processor = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        self.put("machine", {
            "date": date.today().isoformat(),
            "cpus": os.cpu_count(),
            "processor": processor.group(1) if processor else platform.machine(),
            "memory_gb": round(memory / 1e6),
            "system": f"{platform.system()} {platform.release().split('-')[0]}",
            "python": platform.python_version(),
        })
        self.put("sync", timing.sync_milliseconds(scratch))
        if ours:
            self.put("colophon", ours.version())
        if peer:
            self.put("metaflow", peer.version())
