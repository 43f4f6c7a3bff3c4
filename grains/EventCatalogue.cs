using System.Collections.Frozen;
using System.Reflection;

namespace OsstOrleans.Grains;

/// <summary>All events, as each one declares itself (<see cref="StoredAsAttribute"/>).</summary>
public static class EventCatalogue
{
    // Read by reflection, once a process: some milliseconds, and no list to keep by hand.
    private static readonly FrozenDictionary<Type, StoredAsAttribute> Declarations =
        typeof(EventCatalogue).Assembly.GetTypes()
            .Where(type => type.IsClass && type.IsAssignableTo(typeof(IEvent)))
            .Select(type => (type, Declared: type.GetCustomAttribute<StoredAsAttribute>()))
            .Where(found => found.Declared is not null)
            .ToFrozenDictionary(found => found.type, found => found.Declared!);

    private static readonly FrozenDictionary<string, Type> Types =
        Declarations.ToFrozenDictionary(entry => entry.Value.Name, entry => entry.Key, StringComparer.Ordinal);

    /// <summary>All stored names.</summary>
    public static IReadOnlyCollection<string> Names => Types.Keys;

    /// <summary>The type behind a stored name; null for a name this version does not know.</summary>
    public static Type? TypeOf(string name) => Types.GetValueOrDefault(name);

    /// <summary>The stored name of an event.</summary>
    /// <exception cref="KeyNotFoundException">The event does not say its stored name: a programming error.</exception>
    public static string NameOf(IEvent happened) => Declarations[happened.GetType()].Name;

    /// <summary>The stored name of a kind of event.</summary>
    public static string NameOf<TEvent>()
        where TEvent : IEvent => Declarations[typeof(TEvent)].Name;

    /// <summary>The stored name of a kind of event.</summary>
    public static string NameOf(Type type) => Declarations[type].Name;

    /// <summary>The stored names of a client's events that are about some subjects.</summary>
    public static IReadOnlyList<string> NamesOf(IReadOnlyCollection<TimelineKind> kinds) =>
        [.. Declarations.Values.Where(it => it.IsOfClient && kinds.Contains(it.Kind)).Select(it => it.Name)];

    /// <summary>What the event behind a stored name is about.</summary>
    public static TimelineKind KindOf(string name) =>
        TypeOf(name) is { } type ? Declarations[type].Kind : TimelineKind.Unknown;

    /// <summary>True when no receiver gets the event.</summary>
    public static bool StaysInside(string name) => TypeOf(name) is { } type && Declarations[type].StaysInside;

    /// <summary>How long the personal words of an event are kept.</summary>
    public static WordClass WordsOf(IEvent happened) => Declarations[happened.GetType()].Words;

    /// <summary>How long the personal words of the events of a stored name are kept.</summary>
    /// <exception cref="KeyNotFoundException">This version does not know the name.</exception>
    public static WordClass WordsOf(string name) => Declarations[Types[name]].Words;

    /// <summary>True when only who answers clients about the logs reads the event.</summary>
    public static bool IsOfLogs(string name) => TypeOf(name) is { } type && Declarations[type].IsOfLogs;

    /// <summary>True when the event tells of persons; also for a name that this version does not know.</summary>
    public static bool TellsOfPersons(string name) =>
        TypeOf(name) is not { } type || !Declarations[type].TellsOfNoPerson;

    /// <summary>True when an entry with this event can be marked as recorded in error.</summary>
    /// <param name="happened">Null for an event that this version does not know.</param>
    public static bool IsCorrectable(IEvent? happened) =>
        happened is not null && Declarations[happened.GetType()].Correctable;
}
