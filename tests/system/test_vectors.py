"""The vectors of the domain, by the program that reads them."""

import unittest

from programs import run, shared


class Vectors(unittest.TestCase):
    def test_no_vector_of_a_built_area_fails(self):
        done = run("vectors", shared("domain/vectors.json"))
        lines = done.stdout.splitlines()
        failed = [line for line in lines if " FAIL " in line]
        self.assertEqual(failed, [])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(sum(line.endswith(" ok") for line in lines), 50)


if __name__ == "__main__":
    unittest.main()
