"""The built programs, and the shared data if it is there."""

import json
import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def program(name):
    """The path of a program in cargo's target folder, built by scripts/test-system.sh."""
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / name


def shared(*parts):
    """A path in the shared data; skips the test where there is none."""
    path = pathlib.Path(os.environ.get("CAMPANILE_SHARED", ROOT.parent / "shared"))
    if not path.is_dir():
        raise unittest.SkipTest("no shared data")
    return path.joinpath(*parts)


def run(name, *arguments):
    """Runs a program to its end, at most a minute."""
    command = [program(name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def answer(name, *arguments):
    """The JSON that a program prints; fails if it does not end well."""
    done = run(name, *arguments)
    assert done.returncode == 0, f"{name} {arguments}: exit {done.returncode}: {done.stderr}"
    return json.loads(done.stdout)
