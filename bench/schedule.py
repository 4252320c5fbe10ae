"""The schedule towards an exam against plain FSRS: daily load, and what is known on the day.

    .venv/bin/python bench/schedule.py [--facts 1331] [--days 60] [--seed 1]

A learner whose memory is FSRS-6's own (a draw decides each recall) takes up the same number of
new facts each day until a week before the exam, and does every review on the day it is due.
`late` is the same with the exam's date set when half of the time is over.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, pstdev
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from quiz.aiming import Aim, aim_at, place, replan
from quiz.days import Days
from quiz.scheduling import Memory, Rating, Settings, State, move, new_memory, recall, review

START = date(2026, 1, 5)
DAYS = Days("UTC", 4)
LEAD = 7
Cards = dict[int, Memory]


def study(memory: Memory, day: date, settings: Settings, draw: random.Random) -> tuple[Memory, int]:
    """A card answered until it isn't due today any more; how many answers that took."""
    now, answers = DAYS.start_of(day) + timedelta(hours=5), 0
    while True:
        known = recall(memory, day, settings) if memory.stability else 0.0
        right = draw.random() < (known if memory.stability else 0.5)
        memory, _ = review(memory, Rating.GOOD if right else Rating.AGAIN, now, settings)
        answers += 1
        now += timedelta(minutes=10)
        if memory.state == State.REVIEW:
            return memory, answers


def simulate(
    facts: int, days: int, seed: int, retention: float, aimed: Callable[[date], Aim | None],
    cram: bool = False,
) -> tuple[list[int], float, float]:  # fmt: skip
    """Answers on each day, mean recall on the exam's day, share of facts below the goal."""
    settings = Settings(retention, DAYS)
    draw, exam = random.Random(seed), START + timedelta(days=days)
    cards: Cards = {}
    load: Counter[date] = Counter()
    answers = []
    before: Aim | None = None
    for step in range(days):
        today = START + timedelta(days=step)
        aim = aimed(today)
        if aim != before and cards:
            moved = replan(cards.items(), settings, today - timedelta(days=1), aim)
            cards = {
                key: move(card, moved.get(key, today), settings) for key, card in cards.items()
            }
            load = Counter(DAYS.day_of(card.due) for card in cards.values())
        before = aim
        due = [key for key, card in cards.items() if DAYS.day_of(card.due) <= today]
        if cram and step == days - 1:
            goal = aim_at(exam, 0.9).goal
            due += [
                key for key, card in cards.items()
                if key not in set(due) and recall(card, exam, settings) < goal
            ]  # fmt: skip
        fresh = facts * min(step + 1, days - LEAD) // (days - LEAD)
        done = 0
        for key in [*due, *range(len(cards), fresh)]:
            if key in cards:
                load[DAYS.day_of(cards[key].due)] -= 1
            card, took = study(
                cards.get(key) or new_memory(DAYS.start_of(today)), today, settings, draw
            )
            done += took
            day = place(card, settings, today, load if aim else {}, aim)
            cards[key] = move(card, day, settings)
            load[day] += 1
        answers.append(done)
    known = [recall(card, exam, settings) for card in cards.values()]
    low = sum(value < aim_at(exam, 0.9).goal for value in known) / len(known)
    return answers, mean(known), low


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=1331)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    exam = START + timedelta(days=options.days)
    half = START + timedelta(days=options.days // 2)
    aim = aim_at(exam, 0.9)
    cases: list[tuple[str, float, Callable[[date], Aim | None], bool]] = [
        ("plain FSRS, 0.90", 0.90, lambda _: None, False),
        ("plain FSRS, 0.93", 0.93, lambda _: None, False),
        ("plain FSRS, 0.95", 0.95, lambda _: None, False),
        ("0.90, rest on the last day", 0.90, lambda _: None, True),
        ("aimed, 0.90", 0.90, lambda _: aim, False),
        ("aimed late, 0.90", 0.90, lambda day: aim if day >= half else None, False),
    ]
    print(f"{options.facts} facts, {options.days} days, seed {options.seed}")
    print("| schedule | answers | a day: mean | sd | most | last 7 days: mean | most | last day "
          "| recall on the day | facts below 0.95 | s |")  # fmt: skip
    print("|" + "---|" * 11)
    for name, retention, aimed, cram in cases:
        start = perf_counter()
        load, known, low = simulate(
            options.facts, options.days, options.seed, retention, aimed, cram
        )
        week = load[-7:]
        print(
            f"| {name} | {sum(load)} | {mean(load):.0f} | {pstdev(load):.0f} | {max(load)} "
            f"| {mean(week):.0f} | {max(week)} | {load[-1]} | {known:.4f} | {low:.1%} "
            f"| {perf_counter() - start:.1f} |"
        )


if __name__ == "__main__":
    main()
