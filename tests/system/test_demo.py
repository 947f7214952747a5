"""`make demo`, as a newcomer types it."""

import os
import socket
import subprocess
import unittest

from programs import ROOT


def two_free_ports():
    """The first of two neighbouring ports that nobody listens on."""
    for port in range(18080, 19080, 2):
        with socket.socket() as one, socket.socket() as next_one:
            try:
                one.bind(("127.0.0.1", port))
                next_one.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError("no two free ports")


class Demo(unittest.TestCase):
    def test_the_phone_in_modena_shows_the_red_alert_and_the_one_in_torino_is_silent(self):
        done = subprocess.run(
            [ROOT / "scripts/demo.sh", "--once"],
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            env={**os.environ, "DEMO_PORT": str(two_free_ports())},
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        modena, torino = done.stdout.split("== The phone in Modena")[1].split("== The phone in Torino")
        self.assertIn("Allerta rossa", modena)
        self.assertIn("(suona", modena)
        self.assertNotIn("suona", torino)
        self.assertNotIn("Allerta rossa", torino)
        self.assertIn("in ascolto", torino)


if __name__ == "__main__":
    unittest.main()
