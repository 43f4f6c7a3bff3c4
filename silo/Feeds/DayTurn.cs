using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Feeds;

/// <summary>
/// At each midnight in Finland other things are late and other meetings are today, though nothing was recorded: watches
/// of caseloads are signalled.
/// </summary>
internal sealed class DayTurn : IDisposable
{
    private static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    private readonly GrainServices _services;
    private readonly Action _tell;
    private readonly ITimer _timer;
    private DateOnly _today;

    public DayTurn(GrainServices services, Action tell)
    {
        (_services, _tell) = (services, tell);
        _today = services.Clock().Today;
        _timer = services.Time.CreateTimer(_ => Turn(), null, services.UntilTomorrow(), Once);
    }

    public void Dispose() => _timer.Dispose();

    private void Turn()
    {
        // A timer may come a little early, and a clock may be set: only another day counts.
        if (_services.Clock().Today is var today && today != _today)
        {
            _today = today;
            _tell();
        }
        _timer.Change(_services.UntilTomorrow(), Once);
    }
}
