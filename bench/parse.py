"""How fast outlines are read: lines a second on one file, and growth with the size of the file.

python bench/parse.py ../shared/outlines/aws-security-specialty.md
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge.outline.reading import read_outline

VOCABULARY = """
key policy bucket role grant token subnet route log alarm rule cluster secret region account
request header certificate event queue is can must encrypts allows requires stores sends with
for from through only after before every
"""
WORDS = VOCABULARY.split()


def generated(lines: int, seed: int = 1) -> str:
    """An outline of that many lines: services of 200 lines, features of 20, nested bullets."""
    rng = random.Random(seed)
    kept = ["# Generated outline"]
    depth = 0
    for number in range(1, lines):
        words = " ".join(rng.choices(WORDS, k=rng.randint(2, 9)))
        if number % 200 == 1:
            kept.append(f"## Service {number} {words[:20]}")
        elif number % 20 == 2:
            kept.append(f"### Feature {number} {words}")
        elif number % 50 == 7:
            kept.append(f"**{words}**: {words} `code {number}`")
        else:
            depth = min(depth + 1, rng.randint(0, 6))
            kept.append("  " * depth + f"- {words} {number}")
            continue
        depth = -1
    return "\n".join(kept) + "\n"


def measure_file(path: Path, rounds: int) -> None:
    """Best and median time of reading one file."""
    data = path.read_bytes()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        tree = read_outline(data, file_name=path.name)
        times.append(time.perf_counter() - start)
    times.sort()
    median = times[len(times) // 2]
    print(
        f"{path.name}: {tree.counts.lines} lines, best {times[0] * 1000:.1f} ms, "
        f"median {median * 1000:.1f} ms, {tree.counts.lines / median:,.0f} lines/s"
    )


def measure_size(lines: int) -> float:
    """Seconds and peak memory for one generated outline, in a process of its own."""
    code = f"from bench.parse import in_this_process; in_this_process({lines})"
    root = Path(__file__).resolve().parent.parent
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    seconds, before, peak = map(float, run.stdout.split())
    print(
        f"{lines:>9,} lines: {seconds:7.2f} s, {lines / seconds:>9,.0f} lines/s, "
        f"peak memory {peak:,.0f} MiB (with the file as bytes alone {before:,.0f} MiB)"
    )
    return seconds


def in_this_process(lines: int) -> None:
    """Read a generated outline here; prints seconds, MiB before and MiB at the peak."""
    data = generated(lines).encode()
    before = current_memory()
    start = time.perf_counter()
    tree = read_outline(data)
    seconds = time.perf_counter() - start
    if tree.counts.lines != lines:
        raise SystemExit(f"read {tree.counts.lines} lines of {lines}")
    print(seconds, before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def current_memory() -> float:
    """MiB that this process holds now, where the system tells."""
    status = Path("/proc/self/statm")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(status.read_text().split()[1]) * resource.getpagesize() / 1024 / 1024


def main() -> None:
    """Measure what the flags ask for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("file", nargs="?", type=Path, help="an outline to read again and again")
    parser.add_argument("--rounds", type=int, default=20, help="times to read it (default: 20)")
    parser.add_argument(
        "--sizes",
        default="10000,100000,1000000",
        help="lines of the generated outlines (default: 10000,100000,1000000; 0 for none)",
    )
    options = parser.parse_args()
    if options.file is not None:
        if not options.file.is_file():
            parser.error(f"there is no file {options.file}")
        measure_file(options.file, max(1, options.rounds))
    sizes = [int(size) for size in options.sizes.split(",") if int(size) > 0]
    times = [measure_size(size) for size in sizes]
    for at in range(1, len(sizes)):
        growth = times[at] / times[at - 1]
        print(f"{sizes[at] // sizes[at - 1]} times the lines take {growth:.1f} times as long")


if __name__ == "__main__":
    main()
