"""Passwords hashed with a salt that follows from the email: one slow hash answers a sign-in.

Several accounts may have the same email (nobody is told that it's taken, and without mail nobody
proves that it's theirs). With a salt for each account a failed sign-in would take as many hashes as
there are accounts, and its time would tell how many. With a salt for each email it takes one,
whether there is none, one or ten. The salt is keyed by SECRET_KEY: it is as good as a random one
against tables made in advance. See docs/decisions/0012-accounts.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import get_hasher
from django.utils.crypto import constant_time_compare, salted_hmac

U = TypeVar("U", bound=AbstractBaseUser)


def hash_for(email: str, password: str) -> str:
    """The password as it is kept for accounts of that email."""
    return get_hasher("default").encode(password, _salt(email))


def find_owner(email: str, password: str, users: Iterable[U]) -> U | None:
    """The account among those of an email that the password opens: one slow hash.

    An account with a salt of its own (made by `createsuperuser`, or before SECRET_KEY or the
    hasher changed) takes another hash each, and gets the common one when it is opened.
    """
    wanted = hash_for(email, password)
    kept = sorted(users, key=lambda user: user.pk)
    for user in kept:
        if constant_time_compare(user.password, wanted):
            return user
    common = _all_but_hash(wanted)
    for user in kept:
        if _all_but_hash(user.password) != common and user.check_password(password):
            user.password = wanted
            user.save(update_fields=["password"])
            return user
    return None


def _salt(email: str) -> str:
    digest = salted_hmac("quiz.accounts.hashing", email.casefold(), algorithm="sha256")
    # 128 bits, as Django's own salts have.
    return digest.hexdigest()[:32]


def _all_but_hash(encoded: str) -> str:
    return encoded.rpartition("$")[0]
