namespace OsstOrleans.Silo.Telemetry;

/// <summary>
/// The names of this floor's metrics, explained in <c>docs/mechanisms/telemetry.md</c>. Those that begin with
/// <c>orleans-</c> mean what Orleans means by the same name. Dashboards and alerts rely on them: they may only grow.
/// </summary>
public static class InstrumentNames
{
    /// <summary>The meter of all of them.</summary>
    public const string Meter = "OsstOrleans";

    /// <summary>Milliseconds from a call to its answer, as the caller sees it.</summary>
    public const string CallLatency = "orleans-app-requests-latency";

    /// <summary>Milliseconds of a grain's turn: without waiting for the turn and without the way there.</summary>
    public const string TurnLatency = "osst-turn-latency";

    /// <summary>Grains in memory.</summary>
    public const string Activations = "orleans-grains";

    /// <summary>Activations that began.</summary>
    public const string ActivationsCreated = "orleans-catalog-activation-created";

    /// <summary>Activations that ended.</summary>
    public const string ActivationsDestroyed = "orleans-catalog-activation-destroyed";

    /// <summary>Milliseconds to read a grain's state from the store.</summary>
    public const string ActivationLatency = "orleans-catalog-activation-latency";

    /// <summary>Milliseconds from handing a write to the store until it is durable.</summary>
    public const string WriteLatency = "orleans-storage-write-latency";

    /// <summary>Writes that the store could not carry out.</summary>
    public const string WriteErrors = "orleans-storage-write-errors";

    /// <summary>Milliseconds that a write waited for its group to begin.</summary>
    public const string WriteQueueTime = "osst-write-queue-time";

    /// <summary>Writes that became durable together.</summary>
    public const string WriteGroupSize = "osst-write-group-size";

    /// <summary>Milliseconds that making a group durable took.</summary>
    public const string FsyncTime = "osst-fsync-time";

    /// <summary>Writes that wait now.</summary>
    public const string WritesWaiting = "osst-writes-waiting";

    /// <summary>The last position of the log that this process knows.</summary>
    public const string LogPosition = "osst-log-position";

    /// <summary>The position up to which the projections have seen the log.</summary>
    public const string FeedPosition = "osst-feed-position";

    /// <summary>Seconds since the projections have not seen all of the log; 0 when they have.</summary>
    public const string FeedLag = "osst-feed-lag";

    /// <summary>1 while the projections follow the log, 0 when they have stopped.</summary>
    public const string FeedRunning = "osst-feed-running";

    /// <summary>Caseloads that were recomputed from the log and compared with the live one.</summary>
    public const string AntiEntropyChecks = "osst-anti-entropy-checks";

    /// <summary>Parts of caseloads that differ from the log; 0 while all is well.</summary>
    public const string AntiEntropyDifferences = "osst-anti-entropy-differences";

    /// <summary>Seconds since a caseload was last compared.</summary>
    public const string AntiEntropyAge = "osst-anti-entropy-age";

    /// <summary>Open watches of subscribers.</summary>
    public const string Watches = "osst-watches";

    /// <summary>Events that receivers did not take and that were given up.</summary>
    public const string DeadLetters = "osst-dead-letters";

    /// <summary>Seconds since the oldest delivery that fails was first tried; 0 when none fails.</summary>
    public const string DeliveryWait = "osst-delivery-wait";

    /// <summary>Calls that met a limit.</summary>
    public const string LimitRefusals = "osst-limit-refusals";
}
