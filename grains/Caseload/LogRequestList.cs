using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>A client's request for log lines that waits for an answer (703/2023 11 §).</summary>
/// <param name="ClientId">The client.</param>
/// <param name="RequestId">The request.</param>
/// <param name="RequestedOn">The day of asking.</param>
/// <param name="From">The first day asked about.</param>
/// <param name="To">The last day asked about.</param>
/// <param name="MayCost">True when the client got an answer within the year before.</param>
public sealed record WaitingLogRequest(
    string ClientId, string RequestId, DateOnly RequestedOn, DateOnly From, DateOnly To, bool MayCost)
{
    /// <summary>The last day on which it is answered in time.</summary>
    public DateOnly DueOn => LogRequests.DueOn(RequestedOn);
}

/// <summary>The requests of the clients who are in a register now that wait for an answer, in no order.</summary>
internal sealed class LogRequestList
{
    private readonly List<WaitingLogRequest> _all = [];

    public IReadOnlyList<WaitingLogRequest> All => _all;

    public void Apply(string client, IEvent? happened, DateOnly occurredOn)
    {
        switch (happened)
        {
            case LogReportRequested it:
                _all.Add(new WaitingLogRequest(client, it.RequestId, occurredOn, it.From, it.To, it.MayCost));
                break;
            case LogReportGiven it:
                Remove(client, it.RequestId);
                break;
            case LogReportRefused it:
                Remove(client, it.RequestId);
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

    /// <summary>A client left the register, or the history reads differently.</summary>
    public void Forget(string client) => _all.RemoveAll(known => known.ClientId == client);

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
            var (client, request, on, from, to, mayCost) = image.Reads
                ? new WaitingLogRequest("", "", default, default, default, false)
                : _all[i];
            image.Name(ref client);
            image.Name(ref request);
            image.Value(ref on);
            image.Value(ref from);
            image.Value(ref to);
            image.Value(ref mayCost);
            if (image.Reads)
            {
                _all.Add(new WaitingLogRequest(client, request, on, from, to, mayCost));
            }
        }
    }

    private void Remove(string client, string request) =>
        _all.RemoveAll(known => known.ClientId == client && known.RequestId == request);
}
