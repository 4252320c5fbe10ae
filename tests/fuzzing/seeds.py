"""What mutation begins with, and mutation that needs no instrumentation: pure."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

OUTLINES = Path(__file__).resolve().parent.parent / "outlines"
WORDS = (
    b"```", b"~~~", b"<!--", b"-->", b"---\n", b"|", b"| - | - |\n", b"#", b"###### ", b"- ",
    b"1. ", b"\t", b"    ", b"> ", b"[[", b"]]", b"](", b"![", b"$$", b"\\(", b"\r", b"\x00",
    b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xae", b"::", b"**", b"`", b"\n\n", b"{{", b"}}",
    b"import x from 'y'\n", b"key:: value\n", b"-> ", b"NEAR(", b'"', b"*", b" OR ", b"'",
)  # fmt: skip


def seeds(target: str) -> list[bytes]:
    """Well-formed inputs of a target."""
    if target in ("reader", "linker"):
        return [file.read_bytes()[:3000] for file in sorted(OUTLINES.iterdir()) if file.is_file()]
    if target == "query":
        return [b"nacl stateless", b"rotate keys", b"gaurd duty", b"kms:Decrypt", "網絡".encode()]
    if target == "answer":
        return [bytes([kind]) + b"\x001\x00\x01one" for kind in range(6)]
    return [b"edit", b'{"format": "outgraph-learner", "version": 1}', b"[]"]


def mutations(target: str, number: int, seed: int) -> Iterator[bytes]:
    """So many inputs, the same for the same seed."""
    rng = Random(seed)
    known = seeds(target)
    for _ in range(number):
        data = bytearray(rng.choice(known))
        for _ in range(rng.randint(0, 12)):
            at = rng.randint(0, len(data))
            match rng.randint(0, 4):
                case 0:
                    data[at:at] = rng.choice(WORDS) * rng.randint(1, 4)
                case 1:
                    del data[at : at + rng.randint(1, 40)]
                case 2:
                    data[at : at + 1] = bytes([rng.randint(0, 255)])
                case 3:
                    end = min(len(data), at + rng.randint(1, 200))
                    data[at:at] = data[at:end]
                case 4:
                    other = rng.choice(known)
                    start = rng.randint(0, len(other))
                    data[at:at] = other[start : start + rng.randint(1, 200)]
        yield bytes(data[:6000])
