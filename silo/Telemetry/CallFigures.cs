using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Telemetry;

/// <summary>Calls by command. There are as many entries as the domain has commands, whatever is called.</summary>
internal sealed class CallFigures
{
    private static readonly GrainKind[] Kinds = Enum.GetValues<GrainKind>();

    private readonly ConcurrentDictionary<(GrainKind, Type), CallFigure> _commands = new();
    private readonly CallFigure[] _states;
    private readonly CallFigure[] _histories;
    private readonly Histogram<double> _latency;

    public CallFigures(Histogram<double> latency)
    {
        _latency = latency;
        _states = Reads("read");
        _histories = Reads("history");
    }

    /// <summary>Those that were called.</summary>
    public IEnumerable<CallFigure> All =>
        _commands.Values.Concat(_states).Concat(_histories).Where(figure => figure is { Count: > 0 });

    public CallFigure Of(GrainKind kind, ICommand command) =>
        _commands.TryGetValue((kind, command.GetType()), out var known)
            ? known
            : _commands.GetOrAdd((kind, command.GetType()), key =>
                new CallFigure(GrainName.NameOf(key.Item1), key.Item2.Name, _latency));

    public CallFigure Of(GrainKind kind, ReadKind read) =>
        (read == ReadKind.History ? _histories : _states)[(int)kind];

    private CallFigure[] Reads(string name)
    {
        var figures = new CallFigure[(int)Kinds.Max() + 1];
        foreach (var kind in Kinds)
        {
            figures[(int)kind] = new CallFigure(GrainName.NameOf(kind), name, _latency);
        }
        return figures;
    }
}
