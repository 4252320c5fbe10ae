"""How well notes find their sentences: `PYTHONPATH=. python bench/rewording.py NOTES [SHOWN]`.

Held against the pack's coverage.tsv, which says by hand where each line of the notes it was made
from went. Recall counts the pack's statements and needs; precision counts a match as right where
the hand has put the note, a line above it or a line below it there. SHOWN matches are printed.
"""

from __future__ import annotations

import random
import sys
import time
from collections import defaultdict
from pathlib import Path

from knowledge.lexicon import read_lexicon
from knowledge.outline.reading import read_outline
from knowledge.records import make_records
from quiz.items.phrasebook import Phrasebook
from quiz.items.rewording import Match, Notes, match_notes

PACK = Path(__file__).parents[1] / "knowledge/packs/aws_security_specialty"


def main(file: Path, shown: int, seed: int) -> None:
    lexicon = read_lexicon(PACK / "lexicon.toml")
    start = time.process_time()
    book = Phrasebook(make_records(read_outline((PACK / "outline.md").read_bytes())), lexicon)
    read = time.process_time()
    records = make_records(read_outline(file.read_bytes()))
    begun = time.process_time()
    found = match_notes(records, book)
    print(f"phrasebook {read - start:.2f} s, matching {time.process_time() - begun:.2f} s")
    gold: dict[int, set[int]] = defaultdict(set)
    for row in (PACK / "coverage.tsv").read_text("utf-8").splitlines():
        theirs, ours = map(int, row.split("\t"))
        gold[ours].add(theirs)
    notes = Notes(records, book)
    asked = {fact.line for fact in book.facts.values() if fact.kind in {"statement", "need"}}
    right = [match for match in found.values() if _is_right(match, notes, book, gold)]
    print(f"{sum(r.kind == 'fact' for r in records)} notes, {len(found)} reworded")
    print(f"precision {len(right) / len(found):.3f} ({len(found) - len(right)} elsewhere)")
    print(f"recall    {len(right) / len(asked & set(gold)):.3f} of {len(asked & set(gold))}")
    wrong = [match for match in found.values() if match not in right]
    rng = random.Random(seed)
    for match in rng.sample(wrong, min(shown // 2, len(wrong))):
        _show("ELSEWHERE", match, notes)
    for match in rng.sample(right, min(shown, len(right))):
        _show("right", match, notes)


def _is_right(match: Match, notes: Notes, book: Phrasebook, gold: dict[int, set[int]]) -> bool:
    line = book.records[match.phrase.source].line
    near = [match.note, *notes.above(match.note), *notes.below(match.note)]
    return line is not None and any(notes.records[i].line in gold[line] for i in near)


def _show(word: str, match: Match, notes: Notes) -> None:
    path = " > ".join(
        notes.records[i].text for i in (*reversed(notes.above(match.note)), match.note)
    )
    below = " | ".join(notes.records[i].text for i in match.below)
    scores = f"{match.said:.2f} {match.own:.2f} {match.share:.2f}"
    print(f"{word} {scores} missing={','.join(match.missing)}")
    print(f"   {path}" + (f"  [{below}]" if below else ""))
    print(f"   {'CUT ' if match.phrase.cut else ''}{match.phrase.text}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1]),
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
        int(sys.argv[3]) if len(sys.argv) > 3 else 0,
    )
