"""Times of making items: `PYTHONPATH=. python bench/items.py [OUTLINE] [FACTS]`.

The second part repeats the outline under other topics until it has so many facts (20,000 where not
given), to see what a quiz on one topic costs in a large outline.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from pathlib import Path

from knowledge.lexicon import read_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import Record, make_records
from quiz.items.bank import first_items, make_bank
from quiz.items.quiz import make_quiz
from quiz.items.subject import Subject

PACK = Path(__file__).parents[1] / "knowledge/packs/aws_security_specialty"
FACTS = 20_000


def read(text: bytes) -> list[Record]:
    return make_records(read_outline(text))


def repeated(text: bytes, times: int) -> bytes:
    """The outline and copies of it whose topics have other names."""
    copies = [text.decode()]
    for number in range(2, times + 1):
        lines = copies[0].splitlines()[1:]
        copies.append(
            "\n".join(f"{line} {number}" if line.startswith("## ") else line for line in lines)
        )
    return "\n".join(copies).encode()


def slowest_first(subject: Subject, topics: list[int]) -> tuple[float, int]:
    """Milliseconds to the first item of a topic at the most, and how many topics have none."""
    slowest, empty = 0.0, 0
    for service in topics:
        start = time.perf_counter()
        item = next(first_items(subject, {service}), None)
        slowest = max(slowest, time.perf_counter() - start) if item else slowest
        empty += item is None
    return slowest * 1000, empty


def main(outline: Path, size: int) -> None:
    lexicon = read_lexicon(PACK / "lexicon.toml")
    text = outline.read_bytes()
    start = time.perf_counter()
    subject = Subject(read(text), lexicon)
    print(f"subject           {time.perf_counter() - start:8.2f} s, {len(subject.facts)} facts")
    first, empty = slowest_first(subject, subject.services)
    print(f"first item        {first:8.1f} ms at the most ({empty} topics without one)")
    start = time.perf_counter()
    bank = make_bank(subject)
    print(f"bank              {time.perf_counter() - start:8.2f} s, {len(bank.items)} items")
    start = time.perf_counter()
    quiz = make_quiz(bank.items, count=65, seed=1)
    print(f"65 of the bank    {(time.perf_counter() - start) * 1000:8.1f} ms, {len(quiz)} items")
    print(dict(Counter(item.kind for item in bank.items)))
    topics = subject.services[:5]
    small = [topic_time(subject, topic) for topic in topics]
    large = Subject(read(repeated(text, max(2, size // len(subject.facts)))), lexicon)
    first, _ = slowest_first(large, large.services[:20])
    grown = [topic_time(large, topic) for topic in topics]
    print(f"one topic         {sum(small) / len(topics) * 1000:8.1f} ms of {len(subject.facts)}")
    print(f"one topic         {sum(grown) / len(topics) * 1000:8.1f} ms of {len(large.facts)}")
    print(f"first item        {first:8.1f} ms at the most of {len(large.facts)}")


def topic_time(subject: Subject, topic: int) -> float:
    start = time.perf_counter()
    make_bank(subject, services={topic})
    return time.perf_counter() - start


if __name__ == "__main__":
    main(
        Path(sys.argv[1]) if len(sys.argv) > 1 else PACK / "outline.md",
        int(sys.argv[2]) if len(sys.argv) > 2 else FACTS,
    )
