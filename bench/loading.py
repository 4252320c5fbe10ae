"""How long loading takes, and how it grows: parse, link, write and index, in one run.

    .venv/bin/python bench/loading.py [FILE …] [--facts 10000 100000 1000000]

Each file or generated outline is loaded into an empty SQLite database of its own by a process of
its own; peak memory is that process's. `cpu` is what the load takes of a processor, which a busy
machine doesn't change; the last column is that per fact against the first row.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def generate(facts: int, seed: int = 1) -> Iterator[str]:
    """An outline of so many facts: 20 a feature, 10 features a service, words by Zipf's law.

    Every fifth fact names another service, the first ones more often, half of them by a verb.
    """
    rng = random.Random(seed)
    letters = "abcdefghijklmnoprstuvw"
    words = ["".join(rng.choices(letters, k=rng.randint(3, 10))) for _ in range(20_000)]
    weights = [1 / (rank + 5) for rank in range(len(words))]
    pool = iter(rng.choices(words, weights, k=facts * 9 + 1000))
    services = [f"{next(pool).title()} {next(pool)} {at}" for at in range(facts // 200 + 1)]
    yield "# Generated outline\n"
    for number in range(facts):
        if number % 200 == 0:
            yield f"## {services[number // 200]}\n"
        if number % 20 == 0:
            yield f"### {next(pool).title()} {next(pool)} {number // 20}\n"
        indent = "  " * (number % 20 % 4)
        said = " ".join(next(pool) for _ in range(rng.randint(3, 8)))
        if number % 5 == 0:
            verb = ("sends logs to", "encrypts with", "and", "like")[number // 5 % 4]
            said += f" {verb} {services[int(len(services) * rng.random() ** 2)]}"
        yield f"{indent}- {said} {number}\n"


def load_here(file: str) -> None:
    """In the process of its own: load the file, print what it took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from knowledge.loading import load_outline

    call_command("migrate", verbosity=0)
    data = Path(file).read_bytes()
    began = time.process_time()
    loaded = load_outline(data, file_name=Path(file).name)
    spent = time.process_time() - began
    again = load_outline(data, file_name=Path(file).name)
    moved = load_outline(data.replace(b"\n", b"\n\n", 1), slug=loaded.slug)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "counts": loaded.counts,
                "seconds": loaded.seconds | {"cpu": spent},
                "again": again.seconds["total"],
                "shifted": moved.seconds["total"],
                "peak_mb": peak,
            }
        )
    )


def measure(file: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            [sys.executable, __file__, "--here", str(file)],
            env={**os.environ, "DATA_DIR": folder, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
    if ran.returncode:
        sys.exit(ran.stderr)
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--facts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--here", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        load_here(options.here)
        return
    stages = ("parse", "link", "write", "index", "total", "cpu")
    print(
        "facts".rjust(9),
        *(stage.rjust(8) for stage in stages),
        "   again  shifted  peak MB  per fact",
    )
    first = None
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for facts in options.facts:
            path = Path(folder) / f"{facts}.md"
            with path.open("w") as handle:
                handle.writelines(generate(facts))
            made.append(path)
        for path in [*options.files, *made]:
            found = measure(path)
            facts = found["counts"]["facts"]
            each = found["seconds"]["cpu"] / facts
            first = first or each
            print(
                f"{facts:9d}",
                *(f"{found['seconds'][stage]:8.2f}" for stage in stages),
                f"{found['again']:8.3f} {found['shifted']:8.2f}",
                f"{found['peak_mb']:8d} {each / first:9.2f}",
            )


if __name__ == "__main__":
    main()
