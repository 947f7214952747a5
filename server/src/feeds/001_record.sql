-- Editions that were signed; one is never signed twice, even under another time.
CREATE TABLE signed (
    id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- What the push server took (its sequence) or refused for good (none).
CREATE TABLE handed_over (
    item INTEGER PRIMARY KEY, -- sequence on this machine
    push_sequence INTEGER
) STRICT;

CREATE TABLE head_number (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL
) STRICT;
