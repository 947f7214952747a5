"""Runs one scenario of tests/scenarios over the Python side of the edge. The README beside the files says what each step asks."""

import asyncio
import datetime
import json
import queue
import tempfile
import time
import urllib.request

import campanile

DATABASE_KEY = bytes([1]) * 32
PLACES_KEY = bytes([2]) * 32
FIRST_LIST_S = 5
NO_LIST_S = 0.3


def instant(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Clock(campanile.Clock):
    def __init__(self, now):
        self.instant = now

    def now(self):
        return self.instant


class KeyStore(campanile.KeyStore):
    def __init__(self, key=DATABASE_KEY, throws=None, is_locked=False):
        self.key = key
        self.throws = throws
        self.is_locked = is_locked

    def database_key(self):
        if self.throws is not None:
            raise RuntimeError(self.throws)
        if self.is_locked:
            raise campanile.PlatformError.Locked()
        return self.key

    def places_key(self):
        return PLACES_KEY


class NoLocation(campanile.LocationSource):
    def last_known(self):
        return None


class Log(campanile.LogSink):
    def __init__(self):
        self.lines = []

    def on_log(self, level, target, message):
        self.lines.append(f"{level} {target} {message}")


class Observer(campanile.AlertsObserver):
    def __init__(self):
        self.lists = queue.Queue()

    def on_alerts(self, list):
        self.lists.put(list)


def plain(value):
    """What the edge gave, as the scenario files write it."""
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if hasattr(value, "name") and hasattr(value, "value") and isinstance(value.value, int):
        return value.name.lower()
    if isinstance(value, list):
        return [plain(item) for item in value]
    if hasattr(value, "__dict__"):
        return {name: plain(item) for name, item in vars(value).items() if not name.startswith("_")}
    return value


def case(value):
    """The case of an enum with data, lower-case with underscores, and its fields."""
    return {"outcome": type(value).__name__.rsplit(".", 1)[-1].lower(), **plain(value)}


def differences(expected, found, path):
    """Where `found` is not as expected; of objects only the expected fields count."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{path}: expected an object, found {found!r}"]
        return [
            line
            for name, value in expected.items()
            for line in (
                differences(value, found[name], f"{path}.{name}")
                if name in found
                else [f"{path}.{name}: missing in {sorted(found)}"]
            )
        ]
    if isinstance(expected, list):
        if not isinstance(found, list) or len(expected) != len(found):
            return [f"{path}: expected {len(expected)} entries, found {found!r}"]
        pairs = enumerate(zip(expected, found))
        return [line for n, (a, b) in pairs for line in differences(a, b, f"{path}[{n}]")]
    return [] if expected == found else [f"{path}: expected {expected!r}, found {found!r}"]


class Runner:
    """A phone, and the scenario that is played on it."""

    def __init__(self, scenario, server=None):
        self.scenario = scenario
        self.server = server
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock(instant(scenario["now"]))
        self.log = Log()
        self.errors = []
        self.snapshot = None
        self.observer = None
        self.subscription = None
        self.open(KeyStore())
        for place in scenario["places"]:
            self.campanile.places().save(self.draft(place))

    def close(self):
        self.campanile.close()
        self.folder.cleanup()

    def town_url(self):
        return self.scenario["towns"][0]["server_url"].replace("{server}", self.server or "")

    def open(self, key_store):
        towns = [
            campanile.Town(
                id=town["id"],
                name=town["name"],
                server_url=town["server_url"].replace("{server}", self.server or "http://127.0.0.1:9"),
                environment=campanile.Environment[town["environment"].upper()],
                roots=town["roots"],
                root_threshold=town["root_threshold"],
                comuni=town["comuni"],
            )
            for town in self.scenario["towns"]
        ]
        config = campanile.CampanileConfig(
            data_dir=self.folder.name,
            towns=towns,
            language=self.scenario["language"],
            built_at=instant(self.scenario["built_at"]),
        )
        platform = campanile.Platform(
            key_store=key_store, clock=self.clock, location_source=NoLocation(), log_sink=self.log
        )
        self.campanile = campanile.Campanile.open(config, platform)

    @staticmethod
    def draft(place):
        level = place.get("rings_from")
        return campanile.PlaceDraft(
            id=place.get("id"),
            name=place["name"],
            comune=place["comune"],
            lon=place.get("lon"),
            lat=place.get("lat"),
            rings_from=campanile.Level[level.upper()] if level else None,
            quiet_from=place.get("quiet_from"),
            quiet_to=place.get("quiet_to"),
        )

    def run(self):
        """Every difference between what happened and what was expected."""
        problems = []
        for number, step in enumerate(self.scenario["steps"]):
            path = f"step {number} ({step['do']})"
            try:
                found = getattr(self, f"do_{step['do']}")(step)
            except campanile.CampanileError as error:
                self.errors.append(error)
                expected = step.get("expect_error")
                if expected is None:
                    problems.append(f"{path}: threw {error!r}")
                    continue
                found = {"type": type(error).__name__.rsplit(".", 1)[-1], **plain(error)}
                problems += differences(expected, found, path)
                continue
            if "expect_error" in step:
                problems.append(f"{path}: expected {step['expect_error']}, got {found}")
            problems += differences(step.get("expect", {}), found or {}, path)
        return problems

    def do_receive(self, step):
        return case(self.campanile.alerts().receive(unbase64(step["bytes"])))

    def do_list(self, step):
        found = plain(self.campanile.alerts().list())
        begins = all(row["spoken"].startswith(row["level_words"]) for row in found["rows"])
        return {**found, "spoken_begins_with_level": begins}

    def do_detail(self, step):
        return plain(self.campanile.alerts().detail(step["id"]))

    def do_unshown(self, step):
        return {"tags": [notification.tag for notification in self.campanile.alerts().unshown()]}

    def do_mark_shown(self, step):
        self.campanile.alerts().mark_shown(step["tag"])

    def do_mark_seen(self, step):
        self.campanile.alerts().mark_seen(step["id"])

    def do_refused(self, step):
        return {"reasons": [row.reason for row in self.campanile.alerts().refused(10)]}

    def do_places(self, step):
        return {"places": plain(self.campanile.places().list())}

    def do_save_place(self, step):
        self.campanile.places().save(self.draft(step["place"]))

    def do_remove_place(self, step):
        self.campanile.places().remove(step["id"])

    def do_set_language(self, step):
        self.campanile.settings().save(campanile.Preferences(language=step["language"]))

    def do_present_push(self, step):
        if self.snapshot is None:
            self.snapshot = self.campanile.push_snapshot()
        places = None
        if step["places"]:
            places = campanile.SealedPlaces(sealed=self.campanile.sealed_places(), key=PLACES_KEY)
        shown = campanile.present_push(unbase64(step["bytes"]), self.snapshot, places, self.clock.instant)
        changes = shown.snapshot is not None
        if changes:
            self.snapshot = shown.snapshot
        found = plain(shown)
        return {**found, **case(shown.outcome), "snapshot_changes": changes}

    def do_take_in_snapshot(self, step):
        return {"new": self.campanile.take_in_snapshot(self.snapshot)}

    def do_set_clock(self, step):
        self.clock.instant = instant(step["now"])

    def do_subscribe(self, step):
        self.observer = Observer()
        self.subscription = self.campanile.alerts().subscribe_alerts(self.observer)
        return self.do_next_list(step)

    def do_next_list(self, step):
        return {"rows": len(self.observer.lists.get(timeout=FIRST_LIST_S).rows)}

    def do_unsubscribe(self, step):
        self.subscription.cancel()

    def do_no_list(self, step):
        try:
            self.observer.lists.get(timeout=NO_LIST_S)
        except queue.Empty:
            return {}
        raise AssertionError("a list came after the subscription was cancelled")

    def do_pause(self, step):
        self.campanile.pause()

    def do_resume(self, step):
        self.campanile.resume()

    def do_close(self, step):
        self.campanile.close()

    def do_open(self, step):
        key = bytes.fromhex(step["key"]) if "key" in step else DATABASE_KEY
        self.open(KeyStore(key, step.get("key_store_throws"), step.get("key_store_locked", False)))
        return {"opening": plain(self.campanile.opening())}

    def do_reopen(self, step):
        self.campanile.close()
        self.open(KeyStore())

    def do_nowhere(self, step):
        # Lines are handed over from a thread of their own.
        time.sleep(0.2)
        places = self.log.lines + [f"{error!r} {error} {vars(error)}" for error in self.errors]
        for text in places:
            assert step["text"] not in text, text

    def do_register(self, step):
        receipt = asyncio.run(self.campanile.sync().register(campanile.PushEndpoint.STREAM()))
        return plain(receipt)

    def do_refresh(self, step):
        return plain(asyncio.run(self.refresh(step)))

    async def refresh(self, step):
        if "cancel_after_ms" not in step:
            return await self.campanile.sync().refresh()
        token = campanile.CancelToken()
        asyncio.get_running_loop().call_later(step["cancel_after_ms"] / 1000, token.cancel)
        return await asyncio.wait_for(self.campanile.sync().refresh(token), step["within_ms"] / 1000)

    def do_status(self, step):
        status = self.campanile.sync().status()
        return {**plain(status), "has_synced": status.last_complete is not None}

    def do_requests(self, step):
        with urllib.request.urlopen(f"{self.town_url()}/requests") as answer:
            requests = json.load(answer)
        return {"count": len(requests), "last": requests[-1] if requests else None}


def unbase64(text):
    import base64

    return base64.b64decode(text)
