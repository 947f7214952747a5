-- Times are milliseconds since 1970-01-01T00:00:00Z, UTC.

CREATE TABLE towns (
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the roots in the app release under which the trust was judged.
    anchor_sha256 BLOB NOT NULL CHECK (length(anchor_sha256) = 32),
    -- The trust list held, as it came.
    trust_list BLOB,
    trust_version INTEGER,
    trust_issued INTEGER,
    -- The newest head held.
    head BLOB,
    head_number INTEGER,
    head_time INTEGER,
    -- How far the catch-up came.
    cursor INTEGER NOT NULL DEFAULT 0 CHECK (cursor >= 0),
    -- When it last came to the end; null before the first time.
    caught_up INTEGER,
    -- The registration of this phone at this town.
    device TEXT,
    device_secret TEXT,
    -- What was registered last, as JSON; a difference means that it must be sent again.
    registered TEXT
) STRICT;

-- Revocations held, as they came, in the order in which they came.
CREATE TABLE revocations (
    id INTEGER PRIMARY KEY,
    town TEXT NOT NULL REFERENCES towns (id),
    bytes BLOB NOT NULL,
    received INTEGER NOT NULL,
    UNIQUE (town, bytes)
) STRICT;

-- Verified items, as they came.
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    town TEXT NOT NULL REFERENCES towns (id),
    kind TEXT NOT NULL CHECK (kind IN ('alert', 'bulletin')),
    item_id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('actual', 'exercise', 'test')),
    bytes BLOB NOT NULL,
    -- Its place in the server's order; null while it came by push alone.
    sequence INTEGER,
    sent INTEGER NOT NULL,
    -- When it stops holding by itself.
    ends INTEGER NOT NULL,
    received INTEGER NOT NULL,
    UNIQUE (town, kind, status, item_id)
) STRICT;
CREATE INDEX items_by_end ON items (ends);

-- What must be shown to the person, until the shell confirms that it was.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    -- The row it belongs to; a later one of the same tag replaces it.
    tag TEXT NOT NULL UNIQUE,
    -- The notification in words, as JSON.
    notification TEXT NOT NULL,
    made INTEGER NOT NULL,
    -- When it need not be shown any more.
    ends INTEGER NOT NULL,
    shown INTEGER
) STRICT;

-- Which rows the person opened, and the version of the row that was opened.
CREATE TABLE seen (
    row_id TEXT NOT NULL PRIMARY KEY,
    sent INTEGER NOT NULL
) STRICT;

-- Why items were refused; never their content.
CREATE TABLE refusals (
    id INTEGER PRIMARY KEY,
    received INTEGER NOT NULL,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE places (
    id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    comune TEXT NOT NULL,
    -- Degrees WGS84; both null means the whole comune, or the drawn area.
    lon REAL,
    lat REAL,
    -- A drawn area in the compact form of area::compact.
    drawn BLOB,
    rings_from TEXT NOT NULL,
    -- Local times HH:MM; both null means no quiet hours.
    quiet_from TEXT,
    quiet_to TEXT,
    -- Hazards kept quiet, divided by spaces.
    quiet_kinds TEXT NOT NULL DEFAULT '',
    saved INTEGER NOT NULL,
    CHECK ((lon IS NULL) = (lat IS NULL)),
    CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
) STRICT;

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
