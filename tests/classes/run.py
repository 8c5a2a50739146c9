"""Tests of the classes of operations, without the network: run.py [WORD in a test's name]."""

import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[1:1] = [str(ROOT / "tools" / "classes.d"), str(ROOT / "tools" / "models.d")]

import committed
import making


def main(word=""):
    cases = unittest.TestSuite()
    for module in (committed, making):
        for suite in unittest.defaultTestLoader.loadTestsFromModule(module):
            cases.addTests(case for case in suite if word in case.id())
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(cases)
    bad = len(result.failures) + len(result.errors)
    good = result.testsRun - bad - len(result.skipped)
    print(f"{good} passed, {bad} failed: classes")
    return bad > 0 or result.testsRun == 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
