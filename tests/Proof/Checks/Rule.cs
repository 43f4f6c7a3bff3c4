namespace OsstOrleans.Proof.Tests.Checks;

/// <summary>What must hold in every order of events. Each has a mutation that breaks it, and must find it.</summary>
internal enum Rule
{
    /// <summary>A stream can be read, without gaps.</summary>
    StreamIsWhole,

    /// <summary>A command is carried out once.</summary>
    Once,

    /// <summary>What is stored was asked for.</summary>
    AskedFor,

    /// <summary>What is stored is what its command leads to there.</summary>
    Decided,

    /// <summary>What was refused is not stored.</summary>
    RefusedIsNotStored,

    /// <summary>A refusal holds at the version that it names.</summary>
    RefusalHolds,

    /// <summary>A version conflicts with another one only.</summary>
    ConflictHolds,

    /// <summary>What was accepted is stored where the answer says.</summary>
    StoredAsAnswered,

    /// <summary>What was accepted is stored.</summary>
    AcknowledgedIsKept,

    /// <summary>What was answered before a command was sent comes before it.</summary>
    InOrder,

    /// <summary>What was shown is in the log.</summary>
    ShownIsKept,

    /// <summary>What was shown is what the log says of that version.</summary>
    ShownAsItWas,

    /// <summary>A client is not shown as before what was answered when the read began.</summary>
    ShownIsCurrent,

    /// <summary>A merge is whole, or not there.</summary>
    MergeIsWhole,

    /// <summary>A hand-over that has ended has left nobody behind.</summary>
    HandOverIsWhole,

    /// <summary>A hand-over hands each client over once.</summary>
    HandedOverOnce,

    /// <summary>A line is stored once, and one that is refused nowhere.</summary>
    LineIsStoredOnce,

    /// <summary>A line that was accepted is stored.</summary>
    LineIsKept,

    /// <summary>Nothing readable is left of who was erased.</summary>
    ErasedIsUnreadable,

    /// <summary>Nothing more happens to who was erased.</summary>
    ErasedStaysSo,

    /// <summary>Nothing kept by a consent outlives it.</summary>
    ConsentEnds,

    /// <summary>A receiver is told of all it may have, in order.</summary>
    ReceiverIsTold,

    /// <summary>Every feed shows all of the log once, in order.</summary>
    FeedShowsAll,

    /// <summary>Every figure is what the log says.</summary>
    FiguresAreRight,

    /// <summary>A client is shown after the use log's line.</summary>
    LineBeforeAnswer,

    /// <summary>A receiver is told of a client after the disclosure log's line.</summary>
    LineBeforeDelivery,

    /// <summary>A command that is sent again is answered as the first time.</summary>
    SameAnswer,

    /// <summary>What was begun is done once the weather is fair.</summary>
    Ends,
}

/// <summary>A rule that did not hold, and where.</summary>
internal static class Breach
{
    public static string Of(Rule rule, string what) => $"{rule}: {what}";
}
