"""Runs suites of tests one after the other, and counts."""

import sys
import time
import unittest


def run(suites):
    """Suites by their titles; ends the process."""
    lines, failed = [], 0
    for title, suite in suites.items():
        started = time.monotonic()
        result = unittest.TextTestRunner(stream=sys.stdout).run(suite)
        bad = len(result.failures) + len(result.errors)
        seconds = time.monotonic() - started
        lines.append(f"{result.testsRun - bad} passed, {bad} failed: {title} ({seconds:.0f} s)")
        failed += bad
    print("\n".join(lines), flush=True)
    sys.exit(failed > 0)
