using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>The lines that verbs leave in the use log, and what is said where one is missing.</summary>
internal static class VerbLines
{
    /// <summary>The line is durable when the task completes.</summary>
    /// <exception cref="StoreRefusal">The store cannot be opened, or not with this key.</exception>
    /// <exception cref="StoreFault">It cannot be written.</exception>
    public static async Task Leave(StoreAddress address, string verb, bool beside = false)
    {
        if (!await VerbUses.Log(address, verb, TimeProvider.System, beside))
        {
            await Console.Error.WriteLineAsync(VerbUses.NotExported);
        }
    }

    /// <summary>As <see cref="Leave"/>, of a verb that is about one register.</summary>
    /// <inheritdoc cref="Leave"/>
    public static async Task LeaveAt(StoreAddress address, string register, string verb)
    {
        if (!await VerbUses.LogAt(address, register, verb, TimeProvider.System))
        {
            await Console.Error.WriteLineAsync(VerbUses.NotExported);
        }
    }

    /// <summary>
    /// A store that cannot be written is the one that must be saved, or looked at: the verb goes on and says that there
    /// is no line. A wrong key, and a store that another program keeps to itself, stop it.
    /// </summary>
    /// <inheritdoc cref="Leave"/>
    public static async Task LeaveIfWritable(StoreAddress address, string verb, bool beside = false)
    {
        try
        {
            await Leave(address, verb, beside);
        }
        catch (StoreFault)
        {
            await Console.Error.WriteLineAsync(VerbUses.NotWritten);
        }
    }
}
