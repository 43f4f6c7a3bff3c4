using System.Text.Json;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Endings;

/// <summary>Commands that end something for good, as lines of the list.</summary>
internal static class EndedCommands
{
    private static readonly Dictionary<string, Type> s_types = typeof(IEndsForGood).Assembly.GetTypes()
        .Where(type => type.IsSealed && type.IsAssignableTo(typeof(IEndsForGood)))
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static Ending Of(GrainName grain, IEndsForGood command, Guid commandId, DateTimeOffset at) => new(
        command.GetType().Name, $"{grain} {commandId:D}",
        JsonSerializer.Serialize(command, command.GetType(), JsonSerializerOptions.Web), at);

    /// <summary>What a line says was ended; null for a line of another kind, or of a later version.</summary>
    public static (GrainName Grain, Guid CommandId, IEndsForGood Command)? Read(Ending ending) =>
        s_types.TryGetValue(ending.Kind, out var type)
        && ending.Key.Split(' ') is [var name, var id] && GrainName.TryParse(name, out var grain)
        && Guid.TryParseExact(id, "D", out var commandId)
            ? (grain, commandId, (IEndsForGood)JsonSerializer.Deserialize(
                ending.Body, type, JsonSerializerOptions.Web)!)
            : null;
}
