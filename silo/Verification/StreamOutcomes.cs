using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>The commands of a stream's events, until their outcomes have been met.</summary>
internal sealed class StreamOutcomes
{
    private readonly IReadOnlyList<StoredEvent> _events;
    private readonly Dictionary<Guid, (long Version, long Position)> _commands = [];

    public StreamOutcomes(string name, IReadOnlyList<StoredEvent> events)
    {
        (Name, _events) = (name, events);
        foreach (var stored in events)
        {
            _commands[stored.CommandId] = (stored.Version, stored.Position);
        }
    }

    public string Name { get; }

    /// <summary>A command's last event, once; null when it has none.</summary>
    public (long Version, long Position)? Take(Guid command) =>
        _commands.Remove(command, out var last) ? last : null;

    public long PositionOf(long version) =>
        _events.FirstOrDefault(stored => stored.Version == version).Position;

    public void AddMissing(List<string> differences) => differences.AddRange(_commands.Values.Select(last =>
        $"{Name}: version {last.Version} has no outcome; its command could be stored again"));
}
