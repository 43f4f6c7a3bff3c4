using System.Collections.Frozen;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Messages;

/// <summary>
/// The names of what processes send each other: a command's own name, which is also its mutation's, and a name for each
/// record around it. Processes of two versions talk while a cluster is upgraded, so a name is never changed and never
/// removed (golden file <c>tests/Silo/Golden/message-names.txt</c>).
/// </summary>
internal static class MessageNames
{
    private static readonly FrozenDictionary<string, Type> Types = Records().Concat(Commands())
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> Names = Types.ToFrozenDictionary(
        entry => entry.Value, entry => entry.Key);

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> All => Types.Keys;

    /// <summary>True for what is sent between processes under a name of its own.</summary>
    public static bool Has(Type type) => Names.ContainsKey(type) || type == typeof(UnknownCommand);

    /// <summary>The name of a type that has one.</summary>
    public static string Of(Type type) => Names[type];

    /// <summary>Null for a command of a newer version.</summary>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);

    private static IEnumerable<KeyValuePair<string, Type>> Records() =>
    [
        new("osst.envelope", typeof(Envelope)),
        new("osst.reply", typeof(CommandReply)),
        new("osst.read", typeof(ReadRequest)),
        .. GrainKinds.States.Select(kind => KeyValuePair.Create(
            $"osst.read-reply.{kind.Key}", typeof(ReadReply<>).MakeGenericType(kind.Value))),
    ];

    private static IEnumerable<KeyValuePair<string, Type>> Commands() => typeof(ICommand).Assembly.GetTypes()
        .Where(type => type.IsSealed && type.IsAssignableTo(typeof(ICommand)))
        .Select(type => KeyValuePair.Create(type.Name, type));
}
