"""Run every benchmark and print ratios against floors measured in the same run: `python tests/bench/run.py`.

Exit code 1 when a target is missed. Best on a machine that does nothing else.
"""

import sys

import bench_catching_up
import bench_check
import bench_desk
import bench_exercises
import bench_packs
import bench_room


def main() -> int:
    """Print a line a benchmark."""
    missed = 0
    print(f"{'what':<46} {'ours':>9} {'floor':>9} {'ratio':>7} {'target':>7}")
    for module in (bench_check, bench_catching_up, bench_desk, bench_exercises, bench_packs, bench_room):
        for what, ours, floor, target in module.run():
            ratio = ours / floor
            verdict = "" if ratio <= target else "  MISSED"
            missed += bool(verdict)
            print(f"{what:<46} {ours:9.2f} {floor:9.2f} {ratio:7.2f} {target:7.2f}{verdict}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
