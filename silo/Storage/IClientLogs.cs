using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>A line of a log about clients, and its place among the others: a later line has a greater one, except that
/// lines of one millisecond stand in any order, always the same.</summary>
public sealed record Logged<TLine>(UInt128 Place, TLine Line)
    where TLine : struct;

/// <summary>Which lines about a client are asked for; they come newest first.</summary>
/// <param name="Client">Whose data the lines are about.</param>
/// <param name="Registers">Only of these municipalities' registers.</param>
/// <param name="From">Not of before this instant.</param>
/// <param name="Below">Only below this place; from the newest on when null.</param>
/// <param name="Max">At most so many.</param>
public sealed record ClientLogSlice(
    GrainName Client, Reach Registers, DateTimeOffset From, UInt128? Below, int Max)
{
    /// <summary>Only of before this instant.</summary>
    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>No uses on this basis, one of <see cref="AccessBases"/>; all when empty. Disclosures have none.
    /// </summary>
    public string WithoutBasis { get; init; } = "";

    /// <summary>The registers' codes between commas, as a store compares them; empty for all.</summary>
    internal string Codes => Registers.IsAll ? "" : $",{Registers.Name},";
}

/// <summary>The use log and the disclosure log, read for one client (703/2023 11 §).</summary>
public interface IClientLogs
{
    /// <summary>Who used the client's data.</summary>
    ValueTask<IReadOnlyList<Logged<UseLine>>> Accesses(ClientLogSlice slice);

    /// <summary>To whom data of the client went.</summary>
    ValueTask<IReadOnlyList<Logged<DisclosureLine>>> Disclosures(ClientLogSlice slice);
}
