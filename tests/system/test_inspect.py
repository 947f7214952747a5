"""`campanile-server inspect`, from outside."""

import csv
import pathlib
import tempfile
import unittest

from programs import answer, run, shared

RANKS = ["verde", "gialla", "arancione", "rossa"]
RISKS = ["idraulico", "temporali", "idrogeologico"]


def told(text):
    """The level that a text of the bulletin's table ends in: `Ordinaria / ALLERTA GIALLA`."""
    words = text.rsplit("/", 1)[1].split()
    return "verde" if words == ["NESSUNA", "ALLERTA"] else words[-1].lower()


def levels_of_table(stamp, day):
    """Zone to the levels of its risks, read from the table by our own few lines."""
    path = shared("data/dpc/bulletin-zone-csv", f"{stamp}_{day}.csv")
    with open(path, encoding="utf-8", newline="") as file:
        return {row["zona_codice"]: {risk: told(row[f"avviso_{risk}"]) for risk in RISKS} for row in csv.DictReader(file)}


def levels_told(day):
    return {code: {risk: zone[risk] for risk in RISKS} for code, zone in day["zones"].items()}


class Bulletins(unittest.TestCase):
    def assert_equals_tables(self, stamp, path):
        bulletin = answer("campanile-server", "inspect", "bulletin", path)
        self.assertEqual(len(bulletin["days"]), 2)
        for day, name in zip(bulletin["days"], ["oggi", "domani"]):
            self.assertEqual(levels_told(day), levels_of_table(stamp, name), f"{path.name}, {name}")

    def test_the_official_zip_gives_the_levels_of_its_tables(self):
        self.assert_equals_tables("20260730_1511", shared("data/dpc/official-zip/ruhetag_20260730_1511.zip"))

    def test_the_official_cap_gives_the_levels_of_its_tables(self):
        self.assert_equals_tables("20260730_1511", shared("data/dpc/official-zip/Cap_20260730_1511.xml"))
        self.assert_equals_tables(
            "20260118_1515", shared("data/dpc/official-zip/Cap_20260118_1515_signature-removed.xml")
        )

    def test_every_table_is_read_as_our_few_lines_read_it(self):
        tables = sorted(shared("data/dpc/bulletin-zone-csv").glob("*_oggi.csv"))
        self.assertGreater(len(tables), 10)
        for path in tables:
            stamp = path.name.removesuffix("_oggi.csv")
            [day] = answer("campanile-server", "inspect", "bulletin", path)["days"]
            self.assertIsNone(day["day"])
            self.assertEqual(levels_told(day), levels_of_table(stamp, "oggi"), path.name)

    def test_the_level_of_a_zone_is_the_highest_of_its_risks(self):
        [day] = answer(
            "campanile-server", "inspect", "bulletin", shared("data/dpc/bulletin-zone-csv/20230516_1522_oggi.csv")
        )["days"]
        for code, zone in day["zones"].items():
            self.assertEqual(zone["level"], max((zone[risk] for risk in RISKS), key=RANKS.index), code)
        self.assertEqual(day["zones"]["Emil-F1"]["level"], "rossa")

    def test_safety_rule_1_a_tomorrow_without_colour_before_noon_is_unknown(self):
        path = shared("data/dpc/index-json/20240918_0313.json")
        today, tomorrow = answer("campanile-server", "inspect", "bulletin", path)["days"]
        self.assertTrue(all(zone["level"] == "unknown" for zone in tomorrow["zones"].values()))
        self.assertEqual(levels_told(today), levels_of_table("20240918_0313", "oggi"))
        table = shared("data/dpc/bulletin-zone-csv/20240918_0313_domani.csv")
        [day] = answer("campanile-server", "inspect", "bulletin", table)["days"]
        self.assertTrue(all(zone["level"] == "unknown" for zone in day["zones"].values()))

    def test_safety_rule_3_an_update_after_midnight_is_about_the_day_before(self):
        bulletin = answer("campanile-server", "inspect", "bulletin", shared("data/dpc/index-json/20260402_0016.json"))
        self.assertEqual(bulletin["published"], "2026-04-02T00:16:00+02:00")
        self.assertEqual(bulletin["edition"], "update")
        self.assertEqual([day["day"] for day in bulletin["days"]], ["2026-04-01", "2026-04-02"])
        for day, name in zip(bulletin["days"], ["oggi", "domani"]):
            self.assertEqual(levels_told(day), levels_of_table("20260402_0016", name), name)


class Messages(unittest.TestCase):
    def inspect(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "message.xml")
            path.write_bytes(text)
            return run("campanile-server", "inspect", "cap", path)

    def test_what_cannot_be_read_at_all_is_one_sentence_and_exit_1(self):
        for text in [b"", b"no xml here", b"\xff\xfe\x00", b"<alert", b"\x00" * 5000]:
            done = self.inspect(text)
            self.assertEqual(done.returncode, 1, text[:20])
            self.assertEqual(done.stdout, "")
            self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)

    def test_safety_rule_9_an_entity_is_not_resolved(self):
        done = self.inspect(
            b'<?xml version="1.0"?><!DOCTYPE alert [<!ENTITY name SYSTEM "file:///etc/hostname">]>'
            b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>&name;</identifier></alert>'
        )
        host = pathlib.Path("/etc/hostname").read_text(encoding="utf-8").strip()
        self.assertNotIn(host, done.stdout + done.stderr)

    def test_every_message_that_we_have_gets_a_verdict_or_one_sentence(self):
        folder = shared("data/cap")
        files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".cap", ".xml", ".atom", ".rss", ".edxlde")]
        self.assertGreater(len(files), 50)
        for path in files:
            done = run("campanile-server", "inspect", "cap", path)
            self.assertIn(done.returncode, (0, 1), path.name)
            if done.returncode == 1:
                self.assertEqual(len(done.stderr.strip().splitlines()), 1, f"{path.name}: {done.stderr}")


if __name__ == "__main__":
    unittest.main()
