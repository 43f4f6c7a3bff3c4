using Orleans;

namespace OsstOrleans.Grains.Calls;

/// <summary>What a read wants to see.</summary>
public enum ReadKind
{
    /// <summary>The state as it is now.</summary>
    State = 1,

    /// <summary>The state and every event behind it.</summary>
    History = 2,

    /// <summary>The state and one page of the events behind it, for sentences in plain words.</summary>
    Timeline = 3,

    /// <summary>As <see cref="History"/>, to be folded to a state of an earlier day.</summary>
    Past = 4,

    /// <summary>That the client's lines of the use log are read; only those who may read them get an answer.</summary>
    UseLog = 5,

    /// <summary>As <see cref="UseLog"/>, of the disclosure log.</summary>
    DisclosureLog = 6,

    /// <summary>How the client's merges stand: a read of the platform itself, which shows nothing to people.</summary>
    Merges = 7,
}

/// <summary>A read on its way to a grain.</summary>
/// <param name="Caller">Who reads.</param>
/// <param name="Kind">What is read.</param>
/// <param name="Slice">Which page of the history; asked for by <see cref="ReadKind.Timeline"/>.</param>
[Immutable]
public sealed record ReadRequest(Caller Caller, ReadKind Kind = ReadKind.State, HistorySlice? Slice = null);

/// <summary>How a grain answered a read.</summary>
public enum ReadResult
{
    /// <summary>The grain exists and the caller may read it.</summary>
    Found = 1,

    /// <summary>There is no such grain.</summary>
    NotFound = 2,

    /// <summary>The caller's role or municipality does not allow it.</summary>
    Forbidden = 3,

    /// <summary>The caller may read the client, and the request does not say for which purpose.</summary>
    PurposeMissing = 4,
}

/// <summary>A grain's answer to a read, whatever kind of grain it is.</summary>
public interface IReadReply
{
    /// <summary>How it was answered.</summary>
    ReadResult Result { get; }
}

/// <summary>A grain's answer to a read.</summary>
/// <typeparam name="TState">The state of this kind of grain.</typeparam>
/// <param name="Result">How it was answered.</param>
/// <param name="Version">The version of the state; 0 unless found.</param>
/// <param name="Position">The log position of that version.</param>
/// <param name="State">Null unless found.</param>
/// <param name="History">Every event behind the state; null unless found and asked for.</param>
/// <param name="Page">One page of the history; null unless found and asked for.</param>
[Immutable]
public sealed record ReadReply<TState>(
    ReadResult Result, long Version = 0, long Position = 0, TState? State = null,
    IReadOnlyList<HistoryEntry>? History = null, HistoryPage? Page = null)
    : IReadReply
    where TState : class;
