using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// A line of the disclosure log (703/2023 10 §): which data of whom went from whose register to whom, when, for what
/// purpose and on what basis. Kept 12 years.
/// </summary>
/// <param name="Client">Whose data.</param>
/// <param name="Register">The municipality whose register it is: the provider.</param>
/// <param name="What">Which data: the event's stored name, and whether personal words went along.</param>
/// <param name="Receiver">The key of the receiver's grain.</param>
/// <param name="Recipient">Who got them.</param>
/// <param name="Discloser">Who let them out: the actor that the process acts for.</param>
/// <param name="Position">The event's place in the log.</param>
public readonly record struct DisclosureLine(
    GrainName Client, string Register, string What, string Receiver, string Recipient, string Discloser, string Purpose,
    string LegalBasis, long Position, DateTimeOffset At);

/// <summary>
/// What sending events to others needs beside the log: how far each receiver is, what could not be delivered, and the
/// disclosure log. Everything is durable when its task completes.
/// </summary>
public interface IDeliveryStore : INotes
{
    /// <summary>Writes lines of the disclosure log.</summary>
    ValueTask LogDisclosures(IReadOnlyList<DisclosureLine> lines);
}
