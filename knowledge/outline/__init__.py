"""Outline text → tree. Standard library only."""
