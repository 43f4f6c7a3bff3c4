using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Calls;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>
/// Lines of the use log about verbs of <c>./osst</c> that read or copy what the store holds of clients: one at each
/// register, with the operating system's user, the verb, and how many clients are registered there
/// (docs/decisions/0046).
/// </summary>
public static class VerbUses
{
    /// <summary>What a verb says that goes on without a line.</summary>
    public const string NotWritten = "No line of this could be written to the use log.";

    private const int MostName = 64;

    /// <summary>
    /// Writes the lines; they are durable when the task completes, and where their chain stands is exported.
    /// </summary>
    /// <param name="address">The store; it exists.</param>
    /// <param name="verb">Which verb.</param>
    /// <param name="time">The clock.</param>
    /// <param name="beside">Into a file that a server may have open.</param>
    /// <exception cref="StoreRefusal">The store cannot be opened.</exception>
    /// <exception cref="StoreFault">The lines cannot be written.</exception>
    public static async Task Log(StoreAddress address, string verb, TimeProvider time, bool beside = false)
    {
        var heads = await Stores.LogUses(address, time, beside, sizes => Lines(sizes, verb, time.GetUtcNow()));
        LogHeads.Export(heads, address.KeyFolder, time, NullLogger.Instance);
    }

    private static IReadOnlyList<UseLine> Lines(IReadOnlyList<RegisterSize> sizes, string verb, DateTimeOffset at) =>
    [
        .. sizes.Select(size => new UseLine(
            GrainName.Municipality(size.Register), size.Register, $"{RoleNames.NameOf(Role.Operator)}/os:{User}",
            Purposes.Upkeep, $"{UseLine.Verb}{verb}; {size.Clients} clients registered", at)),
    ];

    /// <summary>The user of the operating system that the process runs as.</summary>
    private static string User => string.Concat(Environment.UserName.Where(char.IsAscii).Where(c => !char.IsControl(c)))
        is { Length: > 0 } name ? name[..Math.Min(name.Length, MostName)] : "-";
}
