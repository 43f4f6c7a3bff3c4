using OsstOrleans.Grains;
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

    /// <summary>What a verb says whose line is durable, and could be cut off unseen.</summary>
    public const string NotExported =
        $"The line of this is in the use log, but where its chain stands could not be written to {LogHeads.FileName}.";

    private const int MostName = 64;

    /// <summary>
    /// Writes the lines; they are durable when the task completes, and where their chain stands is exported.
    /// </summary>
    /// <returns>False when that could not be exported: the verb says <see cref="NotExported"/>.</returns>
    /// <param name="address">The store; it exists.</param>
    /// <param name="verb">Which verb.</param>
    /// <param name="time">The clock.</param>
    /// <param name="beside">Into a file that a server may have open.</param>
    /// <exception cref="StoreRefusal">The store cannot be opened, or not with this key.</exception>
    /// <exception cref="StoreFault">The lines cannot be written.</exception>
    public static async Task<bool> Log(StoreAddress address, string verb, TimeProvider time, bool beside = false)
    {
        var heads = await Stores.LogUses(address, time, beside, sizes => Lines(sizes, verb, time.GetUtcNow()));
        return LogHeads.Export(heads, address.KeyFolder, time);
    }

    /// <summary>As <see cref="Log"/>, of a verb that is about one register, be it without clients.</summary>
    /// <inheritdoc cref="Log"/>
    /// <param name="register">Which one.</param>
    public static async Task<bool> LogAt(StoreAddress address, string register, string verb, TimeProvider time)
    {
        var heads = await Stores.LogUses(address, time, beside: false, sizes =>
        [
            Line(
                new RegisterSize(register, sizes.FirstOrDefault(size => size.Register == register).Clients), verb,
                time.GetUtcNow()),
        ]);
        return LogHeads.Export(heads, address.KeyFolder, time);
    }

    /// <summary>Who carries the verb out, as a subject.</summary>
    public static string Subject => $"os:{Person}";

    private static IReadOnlyList<UseLine> Lines(IReadOnlyList<RegisterSize> sizes, string verb, DateTimeOffset at) =>
        [.. sizes.Select(size => Line(size, verb, at))];

    private static UseLine Line(RegisterSize size, string verb, DateTimeOffset at) => new(
        GrainName.Municipality(size.Register), size.Register, $"{RoleNames.NameOf(Role.Operator)}/{Subject}",
        Purposes.Upkeep, $"{UseLine.Verb}{verb}; {size.Clients} clients registered", at);

    /// <summary>Whose account started the process, where <c>sudo</c> says so, and as which user of the operating
    /// system it runs.</summary>
    private static string Person => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } by
        ? $"{Shown(by)}:{Shown(Environment.UserName)}"
        : Shown(Environment.UserName);

    private static string Shown(string user) =>
        string.Concat(user.Where(char.IsAscii).Where(letter => !char.IsControl(letter)))
            is { Length: > 0 } name ? name[..Math.Min(name.Length, MostName)] : "-";
}
