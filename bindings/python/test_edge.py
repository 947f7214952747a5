"""The scenarios, and what of the edge is Python's own. Run by scripts/test-python.sh."""

import asyncio
import json
import os
import pathlib
import subprocess
import unittest

import campanile
from scenario import Runner

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "tests" / "scenarios"


class Scenarios(unittest.TestCase):
    """One test per file, added below."""

    @classmethod
    def setUpClass(cls):
        cls.server = subprocess.Popen(
            [os.environ["CAMPANILE_SCENARIO_SERVER"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        cls.address = cls.server.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.stdin.close()
        cls.server.wait(timeout=10)
        cls.server.stdout.close()


def scenario_test(path):
    def run(self):
        runner = Runner(json.loads(path.read_text()), self.address)
        try:
            problems = runner.run()
        finally:
            runner.close()
        self.assertEqual(problems, [])

    return run


for file in sorted(SCENARIOS.glob("*.json")):
    setattr(Scenarios, f"test_{file.stem}", scenario_test(file))


class Edge(unittest.TestCase):
    def test_there_is_a_scenario_for_every_file(self):
        self.assertGreaterEqual(len(list(SCENARIOS.glob("*.json"))), 20)

    def test_a_wrong_expectation_is_told_with_its_place(self):
        scenario = json.loads((SCENARIOS / "a_red_alert_with_one_signature_is_refused.json").read_text())
        scenario["steps"][1]["expect"]["reason"] = "bad_signature"
        scenario["steps"][2]["expect"]["rows"] = [{"level": "rossa"}]
        runner = Runner(scenario)
        try:
            problems = runner.run()
        finally:
            runner.close()
        self.assertEqual(problems, [
            "step 1 (receive).reason: expected 'bad_signature', found 'too_few_persons'",
            "step 2 (list).rows: expected 1 entries, found []",
        ])

    def test_a_phone_that_does_not_answer_is_offline(self):
        scenario = json.loads((SCENARIOS / "a_phone_registers_its_comuni_and_catches_up.json").read_text())
        runner = Runner(scenario, "http://127.0.0.1:9")
        try:
            with self.assertRaises(campanile.CampanileError.Offline):
                asyncio.run(runner.campanile.sync().refresh())
        finally:
            runner.close()

    def test_plain_http_to_another_machine_is_refused(self):
        scenario = json.loads((SCENARIOS / "a_phone_registers_its_comuni_and_catches_up.json").read_text())
        runner = Runner(scenario, "http://allerte.modena.example")
        try:
            with self.assertRaises(campanile.CampanileError.Invalid) as caught:
                asyncio.run(runner.campanile.sync().refresh())
            self.assertEqual(caught.exception.field, "server_url")
        finally:
            runner.close()

    def test_comuni_are_found_by_what_was_typed(self):
        scenario = json.loads((SCENARIOS / "a_phone_registers_its_comuni_and_catches_up.json").read_text())
        runner = Runner(scenario, "http://127.0.0.1:9")
        try:
            found = runner.campanile.places().search_comuni("moden", 5)
            self.assertEqual((found[0].comune, found[0].province, found[0].is_served), ("036023", "MO", True))
        finally:
            runner.close()


if __name__ == "__main__":
    unittest.main()
