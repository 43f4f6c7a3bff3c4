using OsstOrleans.Silo.Hosting;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Engines.Orleans.Messages;

/// <summary>What a grain on another machine answers to a command: a reply, or the fault that it met.</summary>
internal sealed record CommandAnswer(CommandReply? Reply, CallFault? Fault = null);

/// <summary>What a grain on another machine answers to a read: a reply, or the fault that it met.</summary>
internal sealed record ReadAnswer(ReadReply? Reply, CallFault? Fault = null);

/// <summary>
/// A fault that the caller is to see as its own, typed as it was: an exception would lose its code on the way.
/// </summary>
/// <param name="LimitCode">The code of a <see cref="LimitReached"/>; null for any other.</param>
/// <param name="Message">One sentence without personal data.</param>
/// <param name="IsPassing">A store fault that may pass without anybody's doing.</param>
/// <param name="Unexpected">
/// What may be said of a fault that nobody expected, see <see cref="GrainFault"/>; null for any other.
/// </param>
internal sealed record CallFault(
    string? LimitCode, string Message, bool IsPassing = false, string? Unexpected = null)
{
    public static CallFault Of(Exception fault) => fault switch
    {
        LimitReached limit => new CallFault(limit.Code, limit.Message),
        StoreFault store => new CallFault(null, store.Message, store.IsPassing),
        _ => new CallFault(null, "The grain met a fault that nobody expected.", Unexpected: GrainFault.Words(fault)),
    };

    /// <summary>Once the older processes are gone, the same command gets its answer.</summary>
    public static CallFault OtherVersion { get; } = new(
        null, "An older version still serves this and does not know it; ask again with the same command id.", true);

    public Exception ToException() => this switch
    {
        { LimitCode: { } code } => new LimitReached(code, Message),
        { Unexpected: { } words } => new GrainFault(words),
        _ => new StoreFault(Message) { IsPassing = IsPassing },
    };
}
