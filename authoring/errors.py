"""What can't be done with an own outline."""

from __future__ import annotations


class AuthoringError(Exception):
    """A request that was refused; the text is a sentence for the person, and nothing changed."""


class TooManyError(AuthoringError):
    """Refused for now: too much was asked for in a short time."""
