"""Times of making items: `PYTHONPATH=. python bench/items.py [OUTLINE]`."""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from knowledge.lexicon import read_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from quiz.items.bank import first_items, make_bank
from quiz.items.quiz import make_quiz
from quiz.items.subject import Subject

PACK = Path(__file__).parents[1] / "knowledge/packs/aws_security_specialty"


def main(outline: Path) -> None:
    lexicon = read_lexicon(PACK / "lexicon.toml")
    records = make_records(read_outline(outline.read_bytes()))
    start = time.perf_counter()
    subject = Subject(records, lexicon)
    print(f"subject           {time.perf_counter() - start:8.2f} s")
    slowest = 0.0
    empty = 0
    for service in subject.services:
        start = time.perf_counter()
        item = next(first_items(subject, {service}), None)
        slowest = max(slowest, time.perf_counter() - start) if item else slowest
        empty += item is None
    print(f"first item        {slowest * 1000:8.1f} ms at the most ({empty} topics without one)")
    start = time.perf_counter()
    bank = make_bank(subject)
    print(f"bank              {time.perf_counter() - start:8.2f} s, {len(bank.items)} items")
    start = time.perf_counter()
    quiz = make_quiz(bank.items, count=65, seed=1)
    print(f"65 of the bank    {(time.perf_counter() - start) * 1000:8.1f} ms, {len(quiz)} items")
    print(dict(Counter(item.kind for item in bank.items)))
    print(bank.refused.most_common())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PACK / "outline.md")
