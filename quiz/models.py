"""Learners, sessions and what they remember: rows that hang on the outline's facts."""
