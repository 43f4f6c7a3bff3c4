using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Contracts;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>What machines are shown of events that leave.</summary>
public static class EventSchemas
{
    /// <summary>The stored names of the events that may leave, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. EventCatalogue.Names.Where(name => !EventCatalogue.StaysInside(name)).Order(StringComparer.Ordinal),
    ];

    /// <summary>The JSON Schema of an event's <c>data</c>; null for a name of none that may leave.</summary>
    /// <param name="name">The stored name.</param>
    public static JsonObject? Of(string name)
    {
        if (!Names.Contains(name))
        {
            return null;
        }
        var schema = JsonContract.Of(
            EventCatalogue.TypeOf(name)!, OutgoingEvents.Options, PathOf(name), OutgoingEvents.TypePrefix + name);
        // What has no value is left out, whoever the receiver is; a later version may add fields.
        schema.Remove("required");
        return schema;
    }

    /// <summary>Where the gateway serves it.</summary>
    public static string PathOf(string name) => $"/contracts/events/{name}.json";
}
