"""Inputs that nobody meant, for all that reads what strangers send."""
