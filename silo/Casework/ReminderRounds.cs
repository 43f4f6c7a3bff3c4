using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;

namespace OsstOrleans.Silo.Casework;

/// <summary>
/// Asks clients for the reminders of their meetings, once a day for each municipality, from the time of day on that its
/// register sets. Each process that follows the log does it: the command of a client and a day is the same in all of
/// them, so it counts once. What was missed while no process ran is asked for by the next round, as long as the meeting
/// lies ahead.
/// </summary>
internal sealed class ReminderRounds : IAsyncDisposable
{
    private const int AtOnce = 64;

    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private readonly GrainServices _services;
    private readonly IGrainCalls _grains;
    private readonly Caseloads _caseloads;
    private readonly StepIds _ids;
    private readonly Follower _follower;
    private readonly Dictionary<string, Round> _done = new(StringComparer.Ordinal);
    private ITimer? _timer;

    public ReminderRounds(
        GrainServices services, IGrainCalls grains, Caseloads caseloads, Interruptions interruptions)
    {
        (_services, _grains, _caseloads) = (services, grains, caseloads);
        _ids = new StepIds(services.MasterKey);
        _follower = new Follower(GoRound, services.Time, interruptions.Of("The round of reminders"));
    }

    public void Start()
    {
        _follower.Start();
        _timer = _services.Time.CreateTimer(_ => _follower.Wake(), null, s_every, s_every);
    }

    /// <summary>Begins no further step; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        await (_timer?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _follower.DisposeAsync();
    }

    private async Task GoRound(CancellationToken stopped)
    {
        var (today, now) = (_services.Clock().Today, _services.TimeOfDay());
        foreach (var code in _caseloads.Codes)
        {
            var register = _caseloads.MunicipalityOf(_services.RegisterOf(code));
            if (register?.MeetingReminders is { } rule && rule.HasComeBy(now)
                && new Round(today, rule) is var round && _done.GetValueOrDefault(code) != round)
            {
                await Ask(code, round, stopped);
                _done[code] = round;
            }
        }
    }

    private async Task Ask(string code, Round round, CancellationToken stopped)
    {
        var through = round.Day.AddDays(round.Rule.DaysBefore);
        var caller = new Caller(Role.Coordinator, "meeting-reminders", Reach.Of([code]), Purposes.ClientWork);
        var clients = _caseloads.Ask(code, caseload => caseload.ToRemind(round.Day, through)) ?? [];
        foreach (var some in clients.Chunk(AtOnce))
        {
            stopped.ThrowIfCancellationRequested();
            var replies = await Task.WhenAll(some.Select(client => _grains.Execute(
                GrainName.Client(client), new RemindOfMeetings(through),
                new Envelope(_ids.Of($"reminder/{client}/{round.Day:O}/{round.Rule.DaysBefore}"), caller)).AsTask()));
            Steps.Demand(replies, RejectionCodes.ClientMerged, RejectionCodes.ClientErased);
        }
    }

    /// <summary>What was done: a rule that changes begins another one.</summary>
    private sealed record Round(DateOnly Day, MeetingReminders Rule);
}
