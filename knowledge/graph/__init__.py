"""Graph analysis of an outline: related topics, paths, the map, what holds the subject together.

Pure: records, linked names and relations go in, plain values come out (docs/decisions/0007).
"""
