"""Pages to learn with, by noun: sessions, exams, reviews, reports."""
