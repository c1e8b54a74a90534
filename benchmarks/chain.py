"""Writes flows of n trivial steps, each fed by the one before."""


def java(steps):
    lines = ["import dev.colophon.flow.*;", "", "@Flow", f"public class Chain{steps} {{"]
    lines.append("  @Step int step0() { return 0; }")
    for i in range(1, steps):
        lines.append(f"  @Step int step{i}(int step{i - 1}) {{ return step{i - 1} + 1; }}")
    return "\n".join([*lines, "}", ""])


def python(steps):
    lines = ["from metaflow import FlowSpec, step", "", "", f"class Chain{steps}(FlowSpec):"]
    for i in range(steps):
        name = "start" if i == 0 else "end" if i == steps - 1 else f"step{i}"
        following = "end" if i + 1 == steps - 1 else f"step{i + 1}"
        lines += ["    @step", f"    def {name}(self):", "        self.count = 0" if i == 0 else "        self.count += 1"]
        if i < steps - 1:
            lines.append(f"        self.next(self.{following})")
        lines.append("")
    return "\n".join([*lines, "", 'if __name__ == "__main__":', f"    Chain{steps}()", ""])
