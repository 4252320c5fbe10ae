"""Outlines of a reader's own: upload, preview, replace, correct, share, delete."""
