"""Questions from an outline's records: pure, no Django, no clock, no global randomness."""
