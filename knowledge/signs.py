"""The signs that domains are told apart by, beside their hues. Pure."""

# Outlines in a box of 12 by 12, by the number of the mark; 0 is for what has no domain.
SHAPES = (
    "M6 .3 11.7 4.5 9.5 11.2h-7L.3 4.5z",
    "M6 .5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11z",
    "M6 .8 11.8 11H.2z",
    "M1 1h10v10H1z",
    "M6 0l6 6-6 6-6-6z",
    "M3 .8h6L12 6 9 11.2H3L0 6z",
    "M4 0h4v4h4v4H8v4H4V8H0V4h4z",
)
