"""`python -m tests.simulation --seeds N --first S`: live through N seeds; the first violation ends the run."""

from __future__ import annotations

import argparse
import sys
import time

from tests.simulation import assist_life, group_life, money_life, world
from tests.simulation.scheduler import Violation


def main() -> int:
    """Exit status 1 when an invariant was violated."""
    parser = argparse.ArgumentParser(
        description="Play random lives of a shop, with faults, and hold them to the design."
    )
    parser.add_argument("--seeds", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    began, steps = time.monotonic(), 0
    for seed in range(asked.first, asked.first + asked.seeds):
        try:
            steps += sum(life.play(seed) for life in (world, group_life, assist_life, money_life))
        except Violation as violation:
            print(f"seed {seed}: {violation}")
            return 1
    seconds = time.monotonic() - began
    print(f"{asked.seeds} seeds from {asked.first}: {steps} steps and deeds in {seconds:.1f} s, nothing violated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
