"""Many learners at once: errors, lost answers, and how long they wait.

    .venv/bin/python bench/load.py [--learners 50 200 500] [--seconds 60] [--database URL]

Serves the bundled outline from a folder of its own (or the empty PostgreSQL database given) and
lets learners browse, search, answer quizzes and exams from other processes on this machine, each
with five seconds to think. Afterwards the database is asked whether each acknowledged answer is in.
"""

from __future__ import annotations

import argparse
import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.answered import half_done, lost  # noqa: E402
from tests.site import Site  # noqa: E402


def crowd(site: Site, learners: int, seconds: int) -> tuple[list[dict[str, str]], int, int]:
    """Locust's figures by kind of request; how many answers were acknowledged, and lost."""
    with tempfile.TemporaryDirectory() as folder:
        acknowledged = Path(folder) / "acknowledged.tsv"
        acknowledged.touch()
        environment = os.environ | {"SITE": site.address, "ACKNOWLEDGED": str(acknowledged)}
        subprocess.run(
            [sys.executable, "-m", "locust", "-f", str(ROOT / "bench" / "locustfile.py"),
             "--headless", "--users", str(learners), "--spawn-rate", str(max(1, learners // 8)),
             "--run-time", f"{seconds}s", "--stop-timeout", "20", "--csv", f"{folder}/figures",
             "--only-summary", "--loglevel", "ERROR", "--processes", "1"],
            env=environment, cwd=ROOT, check=False, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        with open(f"{folder}/figures_stats.csv", newline="") as file:
            figures = list(csv.DictReader(file))
        rows = [line.split("\t") for line in acknowledged.read_text().splitlines()]
    answers = [(key, int(position)) for key, position in rows]
    # An exam's answer may be given again before it is handed in; a quiz's counts once.
    return figures, len(answers), len(lost(site, answers))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--learners", type=int, nargs="+", default=[50, 200, 500])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database")
    parser.add_argument("--every", action="store_true", help="a row for each kind of request")
    options = parser.parse_args()
    print(
        "| learners | request | requests | a second | errors | p50 | p95 | p99 | answers | lost |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "site", database=options.database)
        ready = site.manage("prepare")
        if ready.returncode:
            raise SystemExit(ready.stderr)
        site.manage("stock_questions")
        with site.served():
            for learners in options.learners:
                figures, answers, gone = crowd(site, learners, options.seconds)
                for row in figures:
                    whole = row["Name"] == "Aggregated"
                    if whole or options.every:
                        name = "all" if whole else row["Name"].replace("|", "/")
                        counted = f"{answers} | {gone}" if whole else " | "
                        print(
                            f"| {learners} | {name} | {row['Request Count']} | "
                            f"{float(row['Requests/s']):.0f} | {row['Failure Count']} | "
                            f"{row['50%']} | {row['95%']} | {row['99%']} | {counted} |",
                            flush=True,
                        )
        print("Unsound:", half_done(site) or "nothing")


if __name__ == "__main__":
    main()
