"""An account and the history of the browser that it is made or opened in."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from quiz.learner_rows import Learner, hash_token
from quiz.merging import merge


@transaction.atomic
def take_along(visitor: Learner | None, user: Any) -> Learner | None:
    """The account's learner, with what the browser's learner did; None where neither did anything.

    A learner that belongs to another account stays there. The browser's token ends: what was done
    is reached by the account from now on.
    """
    own = Learner.objects.of_user(user)
    if visitor is None or (visitor.user_id is not None and visitor.user_id != user.pk):
        return own
    if own is None:
        visitor.user = user
        visitor.token_hash = hash_token(secrets.token_urlsafe(32))
        visitor.save(update_fields=["user", "token_hash"])
        return visitor
    merge(visitor, own)
    return own
