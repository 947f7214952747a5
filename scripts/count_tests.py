#!/usr/bin/env python3
"""Counts the tests in a log by the closing lines of the runners we use.

Run as `count_tests.py LOG`: prints `passed failed skipped`.

>>> count("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.02s")
(12, 0, 1)
>>> count("[INFO] Tests run: 5, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in a.B\\n"
...       "[INFO] Tests run: 7, Failures: 1, Errors: 1, Skipped: 1")
(4, 2, 1)

XCTest prints one closing line for each suite that holds others; only the outermost counts.

>>> count("Test Suite 'A' passed at 2026-01-01 10:00:00.000\\n"
...       "\\t Executed 3 tests, with 0 failures (0 unexpected) in 0.1 (0.1) seconds\\n"
...       "Test Suite 'All tests' passed at 2026-01-01 10:00:00.000\\n"
...       "\\t Executed 9 tests, with 2 tests skipped and 1 failure (0 unexpected) in 0.1 (0.1) seconds")
(6, 1, 2)
>>> count("\\u2714 Test run with 4 tests passed after 0.002 seconds.")
(4, 0, 0)
>>> count("\\u2714 Test run with 4 tests in 2 suites passed after 0.002 seconds.")
(4, 0, 0)
>>> count("\\u2718 Test run with 4 tests failed after 0.002 seconds with 1 issue.")
(3, 1, 0)
>>> count("Ran 6 tests in 0.010s\\n\\nFAILED (failures=1, errors=1, skipped=1)")
(3, 2, 1)
>>> count("Ran 6 tests in 0.010s\\n\\nOK (skipped=2)")
(4, 0, 2)
>>> count("=========== 8 passed, 1 skipped in 0.12s ===========")
(8, 0, 1)

Vitest, with the colours it prints, and its count of files that is not one of tests:

>>> count("\\x1b[2m Test Files \\x1b[22m \\x1b[32m2 passed\\x1b[39m (2)\\n"
...       "\\x1b[2m      Tests \\x1b[22m \\x1b[31m1 failed\\x1b[39m | \\x1b[32m14 passed\\x1b[39m | 2 skipped (17)")
(14, 1, 2)

Node's own runner, and the plain line of our own programs:

>>> count("# tests 5\\n# pass 4\\n# fail 1\\n# skipped 0")
(4, 1, 0)
>>> count("vectors: 30 passed, 0 failed, 4 skipped")
(30, 0, 4)
>>> count("12 problems passed, nothing else here")
(0, 0, 0)
"""

import re
import sys

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
CARGO = re.compile(r"^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored")
SUREFIRE = re.compile(r"Tests run: (\d+), Failures: (\d+), Errors: (\d+), Skipped: (\d+)\s*$")
XCTEST = re.compile(r"^\s*Executed (\d+) tests?, with (?:(\d+) tests? skipped and )?(\d+) failures?")
SWIFT_TESTING = re.compile(r"Test run with (\d+) tests?(?: in \d+ suites?)? (passed|failed) after [\d.]+ seconds(?: with (\d+) issues?)?")
UNITTEST = re.compile(r"^Ran (\d+) tests? in ")
UNITTEST_END = re.compile(r"^(?:OK|FAILED)(?: \((.*)\))?$")
PYTEST = re.compile(r"^=+ (.*) in [\d.:]+s?.* =+$")
VITEST = re.compile(r"^\s*Tests\s+(.*\d+ (?:passed|failed|skipped).*) \(\d+\)\s*$")
NODE = re.compile(r"^(?:# |\u2139 )(pass|fail|skipped) (\d+)$")
PLAIN = re.compile(r"^(?:\w+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


def named(text, *names):
    """The sum of the numbers before (`3 failed`) or after (`failures=3`) any of `names` in `text`."""
    total = 0
    for name in names:
        total += sum(int(n) for n in re.findall(rf"(\d+) {name}\b", text))
        total += sum(int(n) for n in re.findall(rf"\b{name}=(\d+)", text))
    return total


def count(log):
    """The tests that passed, failed and were skipped, by the closing lines in `log`."""
    passed = failed = skipped = 0
    outermost = False
    unittest_run = None
    for raw in log.splitlines():
        line = COLOUR.sub("", raw)
        if line.startswith("Test Suite '"):
            outermost = line.startswith("Test Suite 'All tests'") or line.startswith("Test Suite 'Selected tests'")
        if found := CARGO.match(line):
            passed += int(found[1])
            failed += int(found[2])
            skipped += int(found[3])
        elif found := SUREFIRE.search(line):
            run, failures, errors, skips = map(int, found.groups())
            passed += run - failures - errors - skips
            failed += failures + errors
            skipped += skips
        elif (found := XCTEST.match(line)) and outermost:
            run, skips, failures = int(found[1]), int(found[2] or 0), int(found[3])
            passed += run - skips - failures
            failed += failures
            skipped += skips
            outermost = False
        elif found := SWIFT_TESTING.search(line):
            run = int(found[1])
            failures = min(run, max(1, int(found[3] or 1))) if found[2] == "failed" else 0
            passed += run - failures
            failed += failures
        elif found := UNITTEST.match(line):
            unittest_run = int(found[1])
        elif unittest_run is not None and (found := UNITTEST_END.match(line)):
            failures = named(found[1] or "", "failures", "errors")
            skips = named(found[1] or "", "skipped")
            passed += unittest_run - failures - skips
            failed += failures
            skipped += skips
            unittest_run = None
        elif (found := VITEST.match(line)) or (found := PYTEST.match(line)):
            passed += named(found[1], "passed")
            failed += named(found[1], "failed", "errors?")
            skipped += named(found[1], "skipped", "todo")
        elif found := NODE.match(line):
            if found[1] == "pass":
                passed += int(found[2])
            elif found[1] == "fail":
                failed += int(found[2])
            else:
                skipped += int(found[2])
        elif found := PLAIN.match(line):
            passed += int(found[1])
            failed += int(found[2])
            skipped += int(found[3] or 0)
    return passed, failed, skipped


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        print(*count(file.read()))
