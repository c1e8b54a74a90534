"""The two programs that are timed, each in an environment of its own."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import timing

HERE = Path(__file__).resolve().parent
METAFLOW = "metaflow==2.19.*"


def files_below(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


def bare_environment():
    """The caller's environment without what would steer either program."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("COLOPHON_", "METAFLOW_", "PYTHON", "JAVA_TOOL"))}


class Colophon:
    """The command line as a user calls it; its start-up cache is made before anything is timed."""

    def __init__(self, command, work):
        self.command = str(Path(command).resolve())
        self.root = Path(self.command).parent
        self.work = work / "colophon"
        self.work.mkdir(exist_ok=True)
        self.environment = bare_environment()
        subprocess.run([self.command, "--version"], check=True, env={**self.environment, "COLOPHON_AOT": "now"}, stdout=subprocess.DEVNULL)

    def version(self):
        return subprocess.run([self.command, "--version"], check=True, env=self.environment, capture_output=True, text=True).stdout.strip()

    def repository(self, name, *flows, more_files=0):
        """A new Git repository with these flows, committed, and so many further small source files."""
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for flow in flows:
            shutil.copy(HERE / "flows" / flow, folder)
        for i in range(more_files):
            file = folder / f"part{i // 50}" / f"Part{i}.txt"
            file.parent.mkdir(exist_ok=True)
            file.write_text(f"part {i}\n" * 300)
        (folder / ".gitignore").write_text(".output\n.colophon/\n")
        git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "init.defaultBranch=main"]
        for step in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Flows"]):
            subprocess.run(git + step, cwd=folder, check=True)
        return folder

    def call(self, folder, *arguments, java_options="", **variables):
        """Runs one command there and times it; the home is the folder's own."""
        environment = {**self.environment, "COLOPHON_HOME": str(folder / ".colophon"), **variables}
        if java_options:
            environment["COLOPHON_JAVA_OPTS"] = java_options
        return timing.time_process([self.command, *arguments], folder, environment)

    def edited(self, folder, constant):
        """Changes the constant of Trivial.java, as an edit by hand would."""
        file = folder / "Trivial.java"
        file.write_text(re.sub(r"EDITED = \d+", f"EDITED = {constant}", file.read_text()))

    def files(self, folder):
        return files_below(folder / ".colophon")

    def array_speeds(self, times):
        """Speeds in MB/s that ArraySpeed measured in a process of its own, with the jars of the distribution."""
        jars = Path((self.root / "dist" / "target" / "built").read_text().splitlines()[0]) / "lib"
        find = f'. "{jars}/find-jdk.sh" && find_jdk 21 && echo "$jdk"'
        jdk = subprocess.run(["sh", "-c", find], check=True, env=self.environment, capture_output=True, text=True).stdout.strip()
        folder = self.work / "array-speed"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        options = ["--enable-native-access=ALL-UNNAMED", "-Xmx2g", "-cp", f"{jars}/*"]
        program = str(HERE / "src/main/java/dev/colophon/benchmarks/ArraySpeed.java")
        run = [f"{jdk}/bin/java", *options, program, str(folder), str(times)]
        said = subprocess.run(run, check=True, env=self.environment, stdout=subprocess.PIPE, text=True).stdout
        shutil.rmtree(folder)
        return json.loads(said)


class Metaflow:
    """Metaflow with its local datastore, in a virtual environment made here."""

    def __init__(self, work):
        self.work = work / "metaflow"
        self.work.mkdir(exist_ok=True)
        environment = self.work / "venv"
        self.python = str(environment / "bin" / "python")
        if not Path(self.python).exists():
            print(f"installing {METAFLOW} …", file=sys.stderr, flush=True)
            venv.create(environment, with_pip=True)
            subprocess.run([self.python, "-m", "pip", "install", "-q", METAFLOW, "numpy"], check=True, stdout=sys.stderr)

    def version(self):
        return subprocess.run([self.python, "-c", "import metaflow; print(metaflow.__version__)"], check=True, capture_output=True, text=True).stdout.strip()

    def folder(self, name, *flows):
        folder = self.work / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for flow in flows:
            shutil.copy(HERE / "metaflow" / flow, folder)
        return folder

    def call(self, folder, *arguments):
        environment = {
            **bare_environment(),
            "METAFLOW_USER": "bench",
            "METAFLOW_DEFAULT_DATASTORE": "local",
            "METAFLOW_DEFAULT_METADATA": "local",
            "METAFLOW_DATASTORE_SYSROOT_LOCAL": str(folder),
        }
        return timing.time_process([self.python, *arguments], folder, environment)

    def edited(self, folder, constant):
        file = folder / "trivial.py"
        file.write_text(re.sub(r"self\.first = \d+", f"self.first = {constant}", file.read_text()))

    def files(self, folder):
        return files_below(folder / ".metaflow")
