-- What the Orleans providers for ADO.NET (clustering, grain storage and reminders) ask of a PostgreSQL database, in a schema of its
-- own. They send only the texts in orleansquery, by these keys, with these parameters and column names; what lies behind
-- is ours. A silo that misses a table at its start, or finds a text that is not this file's, runs this file; running it
-- again changes nothing, and a table that changes has a text that does. An operator whose service user may create nothing
-- runs it once by hand before each new version: psql -f orleans.sql, then
--   GRANT USAGE ON SCHEMA orleans TO osst; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA orleans TO osst;

CREATE SCHEMA IF NOT EXISTS orleans;

CREATE TABLE IF NOT EXISTS orleans.orleansquery (
    querykey text PRIMARY KEY,
    querytext text NOT NULL
);

-- One row for each cluster: every change of its members raises the version, so two changes cannot cross.
CREATE TABLE IF NOT EXISTS orleans.cluster (
    deploymentid text PRIMARY KEY,
    version int NOT NULL DEFAULT 0
);

-- One row for each life of a silo (generation), also past ones.
CREATE TABLE IF NOT EXISTS orleans.member (
    deploymentid text NOT NULL REFERENCES orleans.cluster,
    address text NOT NULL,
    port int NOT NULL,
    generation int NOT NULL,
    siloname text NOT NULL,
    hostname text NOT NULL,
    status int NOT NULL, -- 3 is active, 6 is dead
    proxyport int NOT NULL,
    suspecttimes text,
    starttime timestamptz NOT NULL,
    iamalivetime timestamptz NOT NULL,
    PRIMARY KEY (deploymentid, address, port, generation)
);

-- Snapshots of grains. Every row can be deleted at any time: grains are then folded from the log.
CREATE TABLE IF NOT EXISTS orleans.grainstate (
    serviceid text NOT NULL,
    graintype text NOT NULL,
    n0 bigint NOT NULL,
    n1 bigint NOT NULL,
    extension text NOT NULL,
    payload bytea,
    version int NOT NULL,
    PRIMARY KEY (serviceid, graintype, n0, n1, extension)
);

-- Reminders of process grains: what must go on after a crash. Those that are lost are registered again at the start of a
-- process that follows the log.
CREATE TABLE IF NOT EXISTS orleans.reminder (
    serviceid text NOT NULL,
    grainid text NOT NULL,
    name text NOT NULL,
    starttime timestamptz NOT NULL,
    period bigint NOT NULL, -- milliseconds
    hash int NOT NULL, -- the grain's place on the ring of silos
    version int NOT NULL,
    PRIMARY KEY (serviceid, grainid, name)
);

INSERT INTO orleans.orleansquery (querykey, querytext) VALUES
('InsertMembershipVersionKey', $$
WITH added AS (
    INSERT INTO orleans.cluster (deploymentid) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
SELECT count(*) FROM added
$$),
-- The version moves only together with the row: where one of them cannot, the statement does neither and counts 0.
('InsertMembershipKey', $$
WITH moved AS (
    UPDATE orleans.cluster SET version = version + 1
    WHERE deploymentid = @DeploymentId AND version = @Version AND NOT EXISTS (
        SELECT FROM orleans.member WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port
            AND generation = @Generation)
    RETURNING 1
), added AS (
    INSERT INTO orleans.member (deploymentid, address, port, generation, siloname, hostname, status, proxyport,
        starttime, iamalivetime)
    SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime,
        @IAmAliveTime
    FROM moved RETURNING 1)
SELECT count(*) FROM added
$$),
('UpdateMembershipKey', $$
WITH moved AS (
    UPDATE orleans.cluster SET version = version + 1
    WHERE deploymentid = @DeploymentId AND version = @Version AND EXISTS (
        SELECT FROM orleans.member WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port
            AND generation = @Generation)
    RETURNING 1
), changed AS (
    UPDATE orleans.member SET status = @Status, suspecttimes = @SuspectTimes, iamalivetime = @IAmAliveTime
    FROM moved
    WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
    RETURNING 1)
SELECT count(*) FROM changed
$$),
('UpdateIAmAlivetimeKey', $$
UPDATE orleans.member SET iamalivetime = @IAmAliveTime
WHERE deploymentid = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
$$),
-- A cluster without members still has its version.
('MembershipReadAllKey', $$
SELECT c.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes,
    m.starttime, m.iamalivetime, c.version
FROM orleans.cluster c LEFT JOIN orleans.member m USING (deploymentid) WHERE c.deploymentid = @DeploymentId
$$),
('MembershipReadRowKey', $$
SELECT c.deploymentid, m.address, m.port, m.generation, m.siloname, m.hostname, m.status, m.proxyport, m.suspecttimes,
    m.starttime, m.iamalivetime, c.version
FROM orleans.cluster c LEFT JOIN orleans.member m
    ON m.deploymentid = c.deploymentid AND m.address = @Address AND m.port = @Port AND m.generation = @Generation
WHERE c.deploymentid = @DeploymentId
$$),
('GatewaysQueryKey', $$
SELECT address, proxyport, generation FROM orleans.member
WHERE deploymentid = @DeploymentId AND status = @Status AND proxyport > 0
$$),
('CleanupDefunctSiloEntriesKey', $$
DELETE FROM orleans.member WHERE deploymentid = @DeploymentId AND iamalivetime < @IAmAliveTime AND status <> 3
$$),
('DeleteMembershipTableEntriesKey', $$
WITH gone AS (DELETE FROM orleans.member WHERE deploymentid = @DeploymentId)
DELETE FROM orleans.cluster WHERE deploymentid = @DeploymentId
$$),
('ReadFromStorageKey', $$
SELECT payload AS payloadbinary, version FROM orleans.grainstate
WHERE serviceid = @ServiceId AND graintype = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString, '')
$$),
-- Answers with the version that was asked for when another activation has written: Orleans takes that for a conflict.
('WriteToStorageKey', $$
WITH changed AS (
    UPDATE orleans.grainstate SET payload = @PayloadBinary, version = version + 1
    WHERE serviceid = @ServiceId AND graintype = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
        AND extension = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
    RETURNING version
), added AS (
    INSERT INTO orleans.grainstate (serviceid, graintype, n0, n1, extension, payload, version)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @PayloadBinary, 1
    WHERE @GrainStateVersion IS NULL
    ON CONFLICT DO NOTHING RETURNING version)
SELECT coalesce((SELECT version FROM changed), (SELECT version FROM added), @GrainStateVersion)
    AS newgrainstateversion
$$),
-- Never sent, because rows of ours are deleted; but the provider does not start without it.
('ClearStorageKey', $$
UPDATE orleans.grainstate SET payload = NULL, version = version + 1
WHERE serviceid = @ServiceId AND graintype = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
RETURNING version AS newgrainstateversion
$$),
('DeleteStorageKey', $$
DELETE FROM orleans.grainstate
WHERE serviceid = @ServiceId AND graintype = @GrainTypeString AND n0 = @GrainIdN0 AND n1 = @GrainIdN1
    AND extension = coalesce(@GrainIdExtensionString, '') AND version = @GrainStateVersion
RETURNING version + 1 AS newgrainstateversion
$$),
('ReadReminderRowsKey', $$
SELECT grainid, name AS remindername, starttime, period, version FROM orleans.reminder
WHERE serviceid = @ServiceId AND grainid = @GrainId
$$),
('ReadReminderRowKey', $$
SELECT grainid, name AS remindername, starttime, period, version FROM orleans.reminder
WHERE serviceid = @ServiceId AND grainid = @GrainId AND name = @ReminderName
$$),
-- A range of the ring, and one that goes round its end.
('ReadRangeRows1Key', $$
SELECT grainid, name AS remindername, starttime, period, version FROM orleans.reminder
WHERE serviceid = @ServiceId AND hash > @BeginHash AND hash <= @EndHash
$$),
('ReadRangeRows2Key', $$
SELECT grainid, name AS remindername, starttime, period, version FROM orleans.reminder
WHERE serviceid = @ServiceId AND (hash > @BeginHash OR hash <= @EndHash)
$$),
-- Every registration has another version, also after a removal: one that is to go is removed only as it was known.
('UpsertReminderRowKey', $$
INSERT INTO orleans.reminder AS r (serviceid, grainid, name, starttime, period, hash, version)
VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, floor(random() * 2147483647)::int)
ON CONFLICT (serviceid, grainid, name) DO UPDATE
    SET starttime = excluded.starttime, period = excluded.period, hash = excluded.hash,
        version = excluded.version
RETURNING version
$$),
('DeleteReminderRowKey', $$
WITH gone AS (
    DELETE FROM orleans.reminder
    WHERE serviceid = @ServiceId AND grainid = @GrainId AND name = @ReminderName AND version = @Version
    RETURNING 1)
SELECT count(*) FROM gone
$$),
('DeleteReminderRowsKey', $$
DELETE FROM orleans.reminder WHERE serviceid = @ServiceId
$$)
ON CONFLICT (querykey) DO UPDATE SET querytext = excluded.querytext
    WHERE orleansquery.querytext <> excluded.querytext;
