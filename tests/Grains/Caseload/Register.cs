using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>One municipality's caseload, fed with the events that accepted commands make.</summary>
internal sealed class Register
{
    private readonly Dictionary<string, Given<ClientState>> _clients = [];
    private readonly Dictionary<string, long> _versions = [];
    private long _position;

    public Register(params (StudyArm Arm, string From, string? To)[] arms)
    {
        Caseload = new MunicipalityCaseload("320");
        Caseload.ApplyOwn(new MunicipalityRegistered("Kemijärvi", null), Day("2017-01-01"));
        foreach (var (arm, from, to) in arms)
        {
            Caseload.ApplyOwn(new ArmPlaced(arm, Day(from), to is null ? null : Day(to)), Day(from));
        }
    }

    public MunicipalityCaseload Caseload { get; }

    /// <summary>The outcome statistics of the same events.</summary>
    public OutcomeBook Book { get; } = new();

    /// <summary>The sums of one municipality as they are now.</summary>
    public MunicipalityOutcomes Outcomes(string municipality = "320")
    {
        Book.Settle();
        return Book.Of(municipality) ?? new MunicipalityOutcomes();
    }

    /// <summary>One more fact of the municipality itself.</summary>
    public Register Own(IEvent happened)
    {
        Caseload.ApplyOwn(happened, Day("2017-01-01"));
        Book.ApplyOwn("320", happened, ++_position);
        return this;
    }

    public static DateOnly Now => Day(Today);

    /// <summary>Sends commands that must be accepted, and feeds what happened.</summary>
    public Register With(string client, params Step[] steps)
    {
        foreach (var step in steps)
        {
            Try(client, step);
            Assert.True(_clients[client].Latest.Rejection is null, $"{step}: {_clients[client].Latest.Rejection}");
        }
        return this;
    }

    /// <summary>Sends a command that may be refused.</summary>
    public bool Try(string client, Step step)
    {
        if (!_clients.TryGetValue(client, out var life))
        {
            _clients.Add(client, life = GivenClient());
        }
        life.When(step.Day, step.Command);
        foreach (var happened in life.Latest.Events)
        {
            var version = _versions[client] = _versions.GetValueOrDefault(client) + 1;
            Assert.True(Caseload.Apply(client, version, ++_position, happened, Day(step.Day)));
            if (happened is IRevisesHistory)
            {
                Caseload.Revise(client, History.Standing(life.Past));
                Book.Replace(client, life.Past);
            }
            else
            {
                Book.Apply(client, happened, Day(step.Day), _position);
            }
        }
        return life.Latest.Rejection is null;
    }

    public CaseloadRow Row(string client) => Caseload.RowOf(client)!.Value;

    public CaseloadMetrics Metrics(CaseloadFilter? filter = null, DateOnly? on = null)
    {
        var metrics = new CaseloadMetrics();
        Caseload.AddTo(metrics, filter ?? CaseloadFilter.All, on ?? Now);
        return metrics;
    }

    public IReadOnlyList<CaseloadEntry> List(CaseloadFilter? filter = null, long after = -1, int max = int.MaxValue) =>
        Caseload.List(filter ?? CaseloadFilter.All, Now, new CaseloadSlice(max, after));

    /// <summary>Who is on a list, the most pressing first.</summary>
    public IEnumerable<string> On(
        WorklistKind kind, string day, string? worker = null, int notHeardOfDays = 60) =>
        ItemsOn(kind, day, worker, notHeardOfDays).Select(item => item.Entry.Client);

    public IReadOnlyList<WorklistItem> ItemsOn(
        WorklistKind kind, string day, string? worker = null, int notHeardOfDays = 60)
    {
        var list = Caseload.Worklists(
            new WorklistQuestion(Day(day), worker, notHeardOfDays) { Kinds = [kind], Max = int.MaxValue }).Single();
        Assert.Equal(list.Count, list.Items.Count);
        return list.Items;
    }

    public void MoveOut(string client) => Caseload.Release(client);
}
