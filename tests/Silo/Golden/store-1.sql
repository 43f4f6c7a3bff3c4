-- A database as the first version made it. Never changed: what it holds must be read for ever.
PRAGMA page_size = 2048;
BEGIN;
CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    municipality TEXT NOT NULL,
    type TEXT NOT NULL,
    occurred_on INTEGER NOT NULL, -- day number: days since 0001-01-01
    recorded_at INTEGER NOT NULL, -- milliseconds since 1970-01-01 UTC
    command_id BLOB NOT NULL,
    actor TEXT NOT NULL,
    data BLOB NOT NULL,
    personal BLOB
) STRICT;
CREATE UNIQUE INDEX events_stream ON events (stream, version);
CREATE TABLE outcomes (
    stream TEXT NOT NULL,
    command_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (stream, command_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
    stream TEXT PRIMARY KEY NOT NULL,
    version INTEGER NOT NULL,
    position INTEGER NOT NULL,
    data BLOB NOT NULL,
    personal BLOB
) STRICT;
CREATE TABLE keys (stream TEXT PRIMARY KEY NOT NULL, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE access_log (
    line INTEGER PRIMARY KEY,
    client TEXT NOT NULL,
    register TEXT NOT NULL,
    actor TEXT NOT NULL,
    purpose TEXT NOT NULL,
    what TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX access_log_client ON access_log (client);
INSERT INTO events VALUES (1, 'municipality/837', 1, '837', 'municipality.registered', 737179, 1795618137052, x'00000000000000000000000000000001', 'operator/developer', x'7b226e616d65223a2254616d70657265227d', NULL);
INSERT INTO events VALUES (2, 'client/maija', 1, '837', 'client.registered', 737180, 1795618137227, x'00000000000000000000000000000002', 'social-worker/developer', x'7b226d756e69636970616c697479223a22383337222c226c6173744e616d65223a302c2266697273744e616d6573223a312c22626972746859656172223a313938342c2274656d706f726172794964656e746966696572223a322c2273796e746865746963223a747275657d', x'01c95da22044441e2defb9bfe069171a00a7a1b43c72ead5d9d3ec81bb011fa40ddeba643e0331f59dd7e867a3cd3051cb553bd075c8c2c97409119b779c330285');
INSERT INTO events VALUES (3, 'client/maija', 2, '837', 'client.contact-attempted', 737180, 1795618137291, x'00000000000000000000000000000003', 'social-worker/developer', x'7b226368616e6e656c223a224c4554544552222c2272656163686564223a66616c73657d', NULL);
INSERT INTO outcomes VALUES ('client/maija', x'00000000000000000000000000000002', 1, 2);
INSERT INTO outcomes VALUES ('client/maija', x'00000000000000000000000000000003', 2, 3);
INSERT INTO outcomes VALUES ('municipality/837', x'00000000000000000000000000000001', 1, 1);
INSERT INTO keys VALUES ('client/maija', x'01d9fc847a90892f037b09a1b6e592a6339dad16076245cd831656993174fb132b1d4cae68a01f9815a0943f8614926567f5cbaa6b210b976900f9f7d1');
COMMIT;
PRAGMA application_id = 1330860884;
PRAGMA user_version = 1;
