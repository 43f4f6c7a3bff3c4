namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>
/// Faults that are put into a store or its callers on purpose: a proof that does not find them proves nothing.
/// </summary>
[Flags]
internal enum StoreFlaw
{
    None = 0,

    /// <summary>An append goes to the end of its stream, whatever version it was decided on.</summary>
    NoExpectedVersion = 1,

    /// <summary>The feed shows what is committed, also above what an unfinished transaction may still put below.
    /// </summary>
    FeedByTime = 2,

    /// <summary>An append is answered before it is durable.</summary>
    EarlyAnswer = 4,

    /// <summary>A command id is not looked for: a retry is stored again.</summary>
    NoOutcomes = 8,

    /// <summary>A line of the use log is answered before it is durable.</summary>
    EarlyUseLine = 16,

    /// <summary>Erasing forgets the key alone, and not what is kept by consent.</summary>
    HalfErasure = 32,

    /// <summary>What an importer's line names is linked before the line is judged.</summary>
    LinkBeforeLine = 64,

    /// <summary>A line of the disclosure log is answered before it is durable.</summary>
    EarlyDisclosureLine = 128,

    /// <summary>A commit wakes none of those who follow the log.</summary>
    LostWakeUp = 256,

    /// <summary>A read's line is written, and nothing is said of where its client's stream stands.</summary>
    NoFence = 512,
}
