"""A thousand odd inputs and more; `script/fuzz` tries a million."""

from __future__ import annotations

import pytest

from quiz import study
from tests.factories import make_outline
from tests.fuzzing.seeds import mutations
from tests.fuzzing.targets import TARGETS, prepare_learner
from tests.sessions import NOW, form, make_learner, make_session

NUMBERS = {"reader": 400, "linker": 100, "query": 300, "answer": 600, "import": 100}


@pytest.mark.django_db
@pytest.mark.parametrize("target", TARGETS)
def test_odd_input_raises_nothing_but_what_is_promised(target: str) -> None:
    outline = make_outline()
    learner = make_learner()
    session = make_session(learner, outline)
    study.answer(session, 1, form(session, 1), NOW)
    prepare_learner(learner)
    for data in mutations(target, NUMBERS[target], seed=len(target)):
        try:
            TARGETS[target](data)
        except Exception as fault:
            pytest.fail(f"{type(fault).__name__}: {fault} for {data!r}")
