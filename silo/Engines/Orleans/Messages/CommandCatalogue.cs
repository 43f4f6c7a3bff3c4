using System.Collections.Frozen;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Engines.Orleans.Messages;

/// <summary>
/// The names of commands in messages between processes: a command's own name, which is also its mutation's. Processes
/// of two versions talk while a cluster is upgraded, so a name is never changed and never removed (golden file
/// <c>tests/Silo/Golden/command-names.txt</c>).
/// </summary>
internal static class CommandCatalogue
{
    private static readonly FrozenDictionary<string, Type> Types = typeof(ICommand).Assembly.GetTypes()
        .Where(type => type.IsSealed && type.IsAssignableTo(typeof(ICommand)))
        .ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>Null for a command of a newer version.</summary>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);
}
