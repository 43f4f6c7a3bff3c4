using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>A client's request for log lines of this register (703/2023 11 §).</summary>
/// <param name="ClientId">The client.</param>
/// <param name="RequestId">The request.</param>
/// <param name="RequestedOn">The day of asking.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before.</param>
public sealed record RegisterLogRequest(
    string ClientId, string RequestId, DateOnly RequestedOn, DateOnly From, DateOnly To, bool MayCost)
{
    /// <summary>The last day on which it is answered in time.</summary>
    public DateOnly DueOn => LogRequests.DueOn(RequestedOn);

    /// <summary>What became of it; null while it waits.</summary>
    public LogRequestOutcome? Outcome { get; init; }

    /// <summary>The day of the answer.</summary>
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>Who recorded the answer, <c>role/subject</c>.</summary>
    public string? AnsweredBy { get; init; }
}

/// <summary>
/// The requests that clients made in a register, in no order, also of those who have moved away since: the register
/// where a client asked answers.
/// </summary>
/// <param name="code">The municipality's code.</param>
internal sealed class LogRequestList(string code)
{
    private readonly List<RegisterLogRequest> _all = [];

    public IReadOnlyList<RegisterLogRequest> All => _all;

    public void Apply(string client, IEvent? happened, DateOnly occurredOn)
    {
        switch (happened)
        {
            case LogReportRequested it when (it.Register ?? code) == code:
                _all.Add(new RegisterLogRequest(client, it.RequestId, occurredOn, it.From, it.To, it.MayCost));
                break;
            case IEndsLogRequest it:
                var at = _all.FindIndex(
                    known => known.ClientId == client && known.RequestId == it.RequestId && known.Outcome is null);
                if (at >= 0)
                {
                    _all[at] = _all[at] with { Outcome = it.Outcome, AnsweredOn = occurredOn, AnsweredBy = it.By };
                }
                break;
            case ClientErased: // A log of an earlier version: nothing can be answered any more.
                _all.RemoveAll(known => known.ClientId == client && known.Outcome is null);
                break;
        }
    }

    /// <summary>A client comes into the register with a past.</summary>
    public void Admit(string client, IEnumerable<(IEvent? Happened, DateOnly OccurredOn)> past)
    {
        Forget(client);
        foreach (var (happened, on) in past)
        {
            Apply(client, happened, on);
        }
    }

    /// <summary>Takes over what another list has of a client.</summary>
    public void Take(string client, LogRequestList other)
    {
        Forget(client);
        _all.AddRange(other._all.Where(known => known.ClientId == client));
    }

    public void Imprint(Image image)
    {
        var count = _all.Count;
        image.Value(ref count);
        for (var i = 0; i < count; i++)
        {
            var request = image.Reads ? new RegisterLogRequest("", "", default, default, default, false) : _all[i];
            var (client, id, on, from, to, mayCost) = request;
            var (outcome, answeredOn, by) =
                (request.Outcome ?? default, request.AnsweredOn ?? default, request.AnsweredBy ?? "");
            image.Name(ref client);
            image.Name(ref id);
            image.Value(ref on);
            image.Value(ref from);
            image.Value(ref to);
            image.Value(ref mayCost);
            image.Value(ref outcome);
            image.Value(ref answeredOn);
            image.Name(ref by);
            if (image.Reads)
            {
                _all.Add(new RegisterLogRequest(client, id, on, from, to, mayCost)
                {
                    Outcome = outcome is default(LogRequestOutcome) ? null : outcome,
                    AnsweredOn = outcome is default(LogRequestOutcome) ? null : answeredOn,
                    AnsweredBy = by.Length == 0 ? null : by,
                });
            }
        }
    }

    private void Forget(string client) => _all.RemoveAll(known => known.ClientId == client);
}
