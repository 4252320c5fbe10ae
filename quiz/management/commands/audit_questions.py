"""`manage.py audit_questions`: every check and every guesser over the whole bank of an outline."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from knowledge.management.reporting import ReportCommand, find_outline
from quiz.bank import SEED, get_bank
from quiz.items.auditing import Audit, audit


class Command(ReportCommand):
    help = "Looks for flaws in all questions that can be made, and tries to guess their answers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--seed", type=int, default=SEED, metavar="N", help="another choice of wrong options"
        )
        parser.add_argument("--outline", metavar="SLUG", help="another outline than the default")

    def handle(self, *args: Any, **options: Any) -> None:
        outline, seed = find_outline(options["outline"]), options["seed"]
        found = audit(get_bank(outline, seed=seed), seed=seed)
        if options["format"] == "json":
            self.say(found.as_dict())
        else:
            self._tell(outline.title, found)

    def _tell(self, title: str, found: Audit) -> None:
        say = self.stdout.write
        kinds = ", ".join(f"{number} {kind}" for kind, number in found.by_kind.items())
        share = found.facts_asked / found.facts_worth_asking if found.facts_worth_asking else 0.0
        say(f"{title}: {found.questions} questions" + (f" ({kinds})" if kinds else ""))
        say(
            f"{found.facts} facts, {found.facts_worth_asking} worth asking, "
            f"{found.facts_asked} of them asked ({share:.0%})"
        )
        say("")
        say("Flaws" if found.flaws else "Flaws: none")
        for rule, number in found.flaws.items():
            say(f"  {rule:<26}{number:>6}   such as {', '.join(found.examples[rule][:3])}")
        say("")
        say("Guessers: none has enough items" if not found.guessers else
            f"{'Guesser':<36}{'right':>8}{'chance':>8}{'bound':>8}")  # fmt: skip
        for name, guess in found.guessers.items():
            mark = "" if guess.within else "  beyond its bound"
            say(f"  {name:<34}{guess.accuracy:>8.3f}{guess.chance:>8.3f}{guess.bound:>8.3f}{mark}")
        if found.exceeding:
            say("  A guesser beyond its bound is believed when it is so with another --seed too.")
        say("")
        say("Refused" if found.refused else "Refused: none")
        for reason, number in sorted(found.refused.items(), key=lambda pair: -pair[1]):
            say(f"  {reason:<34}{number:>8}")
