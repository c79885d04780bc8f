"""`./run bench guesses`: guesses against a hundred thousand codes, as fast as can be.

Nothing slows them here: no network, no budget, and the quick hash instead of the slow one.
"""

import argparse
import math
import random
import secrets
import sys
import time

from feedback import codes
from feedback.codes import CROCKFORD
from feedback.sealing import Keys

KEYS = Keys.from_secret("a-secret-for-benchmarks-of-more-than-32-characters")
BITS = 75
YEAR = 365.25 * 86_400


def book(number: int) -> set[bytes]:
    """The hashes of so many codes."""
    made = (codes.tracking_code(KEYS.code, f"once-{one}") for one in range(number))
    return {codes.quick_track(KEYS.track, code) for code in made}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench guesses")
    parser.add_argument("--guesses", type=int, default=5_000_000)
    parser.add_argument("--codes", type=int, default=100_000)
    asked = parser.parse_args(words)
    known, dice = book(asked.codes), random.Random(secrets.token_bytes(32))
    began, passed, hits = time.monotonic(), 0, 0
    for _ in range(asked.guesses):
        guess = "".join(dice.choices(CROCKFORD, k=16))
        if codes.tidy_code(guess):
            passed += 1
            hits += codes.quick_track(KEYS.track, guess) in known
    seconds = time.monotonic() - began
    rate = asked.guesses / seconds
    years = 2**BITS / len(known) / (rate / 32) / YEAR
    print(f"{asked.guesses} guesses against {len(known)} codes in {seconds:.0f} s: {hits} hits")
    print(f"{passed} passed the check symbol (1 in {asked.guesses / max(1, passed):.1f})")
    print(f"at this speed the first hit is to be expected after 10^{math.log10(years):.1f} years")
    return bool(hits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
