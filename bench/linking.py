"""How long linking, relations and related topics take, by stage, and as ratios in one run.

    .venv/bin/python bench/linking.py [FILE …] [--facts 10000 100000] [--profile]

Each outline is read by a process of its own, with the bundled lexicon where it fits. Its stages are
timed there by the processor's clock, which other work on the machine leaves alone. `rest` is what a
load does beside them (parse, rows, index), `share` what the four stages are of the whole. The last
line sets the personalised PageRank of all services of the bundled outline, in a batch, against the
bare iteration over the same matrix (docs/decisions/0008).
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PACK = ROOT / "knowledge" / "packs" / "aws_security_specialty"
STAGES = ("link", "relate", "topics", "related")


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def stages(file: Path) -> dict[str, float]:
    """Seconds of each stage, in this process."""
    set_up()
    from knowledge import graph
    from knowledge.graph.topics import find_topics
    from knowledge.graph.wording import Wording
    from knowledge.lexicon import EMPTY, read_lexicon
    from knowledge.linking import link
    from knowledge.outline.reading import read_outline
    from knowledge.records import make_records
    from knowledge.relations import explain, relate
    from knowledge.search.languages import stemmer, stop_words

    records = make_records(read_outline(file.read_bytes(), max_bytes=10**9))
    lexicon = read_lexicon(PACK / "lexicon.toml")
    if lexicon.fit(r.text for r in records if r.kind == "service") < 0.3:
        lexicon = EMPTY
    graph.analyse  # noqa: B018 (brings the libraries in)
    taken: dict[str, float] = {}

    def timed(stage: str, run: Callable[[], Any]) -> Any:
        start = time.process_time()
        found = run()
        taken[stage] = time.process_time() - start
        return found

    linked = timed("link", lambda: link(records, lexicon, "en"))
    relations = timed("relate", lambda: relate(records, linked, lexicon, "en"))
    topics = timed("topics", lambda: find_topics(records, linked, relations, lexicon, explain))
    words = Wording(stop_words("en"), stemmer("en"))
    timed("related", lambda: graph.analyse(topics, words))
    return {**taken, "facts": sum(record.kind == "fact" for record in records)}


def load(file: Path) -> float:
    """Seconds of a whole load into an empty database, in this process."""
    set_up()
    from django.core.management import call_command

    from knowledge.loading import load_outline

    call_command("migrate", verbosity=0)
    start = time.process_time()
    load_outline(file.read_bytes(), file_name=file.name)
    return time.process_time() - start


def in_process(what: str, file: Path) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3"}
        done = subprocess.run(
            [sys.executable, __file__, what, str(file)],
            check=True, capture_output=True, env=env, text=True,
        )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def compare_walks() -> str:
    """The batch of personalised PageRanks against the bare products over the same matrix."""
    set_up()
    import numpy as np
    from scipy import sparse

    from knowledge.graph.ranking import STEPS, count_namings, count_ties, make_transition, walk
    from knowledge.lexicon import read_lexicon
    from knowledge.linked_rows import find_links
    from knowledge.outline.reading import read_outline
    from knowledge.records import make_records

    records = make_records(read_outline((PACK / "outline.md").read_bytes()))
    topics = find_links(records, read_lexicon(PACK / "lexicon.toml"), "en").topics
    names = count_namings(topics)
    links = sparse.csr_matrix(names + names.T + count_ties(topics))
    transition = sparse.csr_matrix(make_transition(links).T)
    size = transition.shape[0]

    def bare() -> None:
        ranks = np.eye(size)
        for _ in range(STEPS):
            ranks = transition @ ranks

    def batch() -> None:
        walk(transition, np.arange(size))

    def best(run: Callable[[], None]) -> float:
        taken = []
        for _ in range(30):
            start = time.perf_counter()
            run()
            taken.append(time.perf_counter() - start)
        return min(taken)

    one, other = best(batch), best(bare)
    return (
        f"personalised PageRank from all {size} topics: {one * 1000:.2f} ms, {one / other:.2f}"
        f" times the bare iteration ({other * 1000:.2f} ms)"
    )


def main() -> None:
    if sys.argv[1:2] == ["stages"]:
        print(json.dumps(stages(Path(sys.argv[2]))))
        return
    if sys.argv[1:2] == ["load"]:
        print(json.dumps(load(Path(sys.argv[2]))))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--facts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--profile", action="store_true", help="where the first file's time goes")
    options = parser.parse_args()
    files = [PACK / "outline.md", *options.files]
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(stages, files[-1])
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)
        return
    from bench.loading import generate

    print(f"{'outline':24}{'facts':>9}" + "".join(f"{s + ' s':>11}" for s in STAGES)
          + f"{'sum s':>9}{'load s':>9}{'rest s':>9}{'share':>7}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for facts in options.facts:
            made = Path(folder) / f"generated-{facts}.md"
            made.write_text("".join(generate(facts)), "utf-8")
            files.append(made)
        for file in files:
            taken, whole = in_process("stages", file), in_process("load", file)
            total = sum(taken[stage] for stage in STAGES)
            name = file.parent.name if file.stem == "outline" else file.stem
            print(f"{name[:23]:24}{taken['facts']:9}"
                  + "".join(f"{taken[stage]:11.2f}" for stage in STAGES)
                  + f"{total:9.2f}{whole:9.2f}{whole - total:9.2f}"
                  + f"{total / whole:7.0%}")  # fmt: skip
    print(compare_walks())


if __name__ == "__main__":
    main()
