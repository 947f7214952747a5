CREATE TABLE devices (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- only grows: the fan-out's cursor
    id TEXT NOT NULL UNIQUE, -- random, unlinked to anything else
    secret_sha256 BLOB NOT NULL CHECK (length(secret_sha256) = 32),
    channel TEXT NOT NULL CHECK (channel IN ('stream', 'fcm')),
    endpoint TEXT NOT NULL CHECK ((channel = 'stream') = (endpoint = '')),
    languages TEXT NOT NULL, -- RFC 5646 tags, separated by blanks
    last_day TEXT NOT NULL -- ISO date of the last registration
) STRICT;

CREATE INDEX devices_by_channel ON devices (channel, number);

-- One phone has one token: a token that registers anew leaves its old row.
CREATE UNIQUE INDEX devices_by_endpoint ON devices (channel, endpoint) WHERE endpoint <> '';

CREATE TABLE device_areas (
    device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
    comune INTEGER NOT NULL, -- ISTAT code as a number
    PRIMARY KEY (device, comune)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, -- as signed
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'bulletin')),
    payload_sha256 BLOB NOT NULL UNIQUE CHECK (length(payload_sha256) = 32),
    cose BLOB NOT NULL, -- the whole COSE_Sign, exactly as it came
    sent INTEGER NOT NULL, -- ms UTC
    expires INTEGER NOT NULL, -- ms UTC; pushed no later
    cap_sha256 BLOB CHECK (cap_sha256 IS NULL OR length(cap_sha256) = 32), -- as signed
    cap BLOB -- the full CAP, if it came
) STRICT;

CREATE INDEX items_by_sent ON items (kind, sent);

-- Whom an item concerns: its comuni, and those of the items that it changes.
CREATE TABLE item_areas (
    item INTEGER NOT NULL REFERENCES items (sequence),
    comune INTEGER NOT NULL,
    PRIMARY KEY (item, comune)
) STRICT, WITHOUT ROWID;

-- One job per item and channel, written in the item's transaction.
CREATE TABLE jobs (
    item INTEGER NOT NULL REFERENCES items (sequence),
    channel TEXT NOT NULL,
    lane INTEGER NOT NULL CHECK (lane BETWEEN 0 AND 2), -- 0 goes first
    expires INTEGER NOT NULL, -- ms UTC
    collapse_key TEXT NOT NULL, -- one per alert chain
    cursor INTEGER NOT NULL DEFAULT 0, -- number of the last device that was tried once
    planned INTEGER NOT NULL DEFAULT 0 CHECK (planned IN (0, 1)), -- every device was tried once
    accepted INTEGER NOT NULL DEFAULT 0, -- devices
    rejected INTEGER NOT NULL DEFAULT 0, -- devices
    expired INTEGER NOT NULL DEFAULT 0, -- devices
    PRIMARY KEY (item, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_open ON jobs (channel, lane, item) WHERE planned = 0;

-- What has to be tried again.
CREATE TABLE retries (
    item INTEGER NOT NULL,
    channel TEXT NOT NULL,
    device INTEGER NOT NULL REFERENCES devices (number) ON DELETE CASCADE,
    attempt INTEGER NOT NULL CHECK (attempt > 0),
    due INTEGER NOT NULL, -- ms UTC
    PRIMARY KEY (item, channel, device),
    FOREIGN KEY (item, channel) REFERENCES jobs (item, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX retries_by_due ON retries (channel, due);
CREATE INDEX retries_by_device ON retries (device);

CREATE TABLE trust_lists (
    version INTEGER PRIMARY KEY,
    cose BLOB NOT NULL
) STRICT;

CREATE TABLE revocations (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    payload_sha256 BLOB NOT NULL UNIQUE CHECK (length(payload_sha256) = 32),
    cose BLOB NOT NULL
) STRICT;

-- The newest head only.
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    cose BLOB NOT NULL
) STRICT;
