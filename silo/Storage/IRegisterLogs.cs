using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>A place in the order of a register's lines: by their time, and those of one time by their own places.
/// </summary>
/// <param name="At">When the line was written.</param>
/// <param name="Place">Which of the lines of that time.</param>
public readonly record struct LinePlace(DateTimeOffset At, UInt128 Place);

/// <summary>Which lines of one register are asked for; they come newest first.</summary>
/// <param name="Register">The municipality's code.</param>
/// <param name="From">Not of before this instant.</param>
/// <param name="Before">Only lines before this place; its own line is left out.</param>
/// <param name="Max">At most so many.</param>
public sealed record RegisterLogSlice(string Register, DateTimeOffset From, LinePlace Before, int Max)
{
    /// <summary>Only lines about this client; about all when null.</summary>
    public GrainName? Client { get; init; }

    /// <summary>Only lines of what this actor used; of all when null. Disclosures are not found by it.</summary>
    public string? Actor { get; init; }

    /// <summary>Only uses of single clients that were asked for one by one, or refused, clients whom a search said to
    /// exist, and clients whose log lines were shown; none of lists and figures. Not together with a client or an
    /// actor.</summary>
    public bool OneByOne { get; init; }
}

/// <summary>How many clients were registered in a register.</summary>
public readonly record struct RegisterSize(string Register, int Clients);

/// <summary>
/// The use log and the disclosure log, read for one register, for those who see to data protection. Each question has
/// an index, so that its cost follows from how many lines are asked for, or one client has, and never from the log.
/// </summary>
public interface IRegisterLogs
{
    /// <summary>What was used.</summary>
    ValueTask<IReadOnlyList<Logged<UseLine>>> UsesIn(RegisterLogSlice slice);

    /// <summary>What went to others.</summary>
    ValueTask<IReadOnlyList<Logged<DisclosureLine>>> DisclosuresIn(RegisterLogSlice slice);

    /// <summary>Every register in which something happened to a client, by its code. It looks at the whole log: for
    /// verbs that read all of it.</summary>
    ValueTask<IReadOnlyList<RegisterSize>> ClientsByRegister();
}
