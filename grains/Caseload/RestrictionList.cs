using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>A restriction of processing that a client of the register asked for, and that waits or holds.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="Ground">The ground that the client gave.</param>
/// <param name="RequestedOn">The day of asking.</param>
public sealed record ClientRestriction(string ClientId, RestrictionGround Ground, DateOnly RequestedOn)
{
    /// <summary>The day on which it was granted; null while it waits.</summary>
    public DateOnly? GrantedOn { get; init; }

    /// <summary>The last day on which it is decided in time.</summary>
    public DateOnly DueOn => Restrictions.DueOn(RequestedOn);
}

/// <summary>The restrictions, asked for or in force, of the clients who are in a register now.</summary>
internal sealed class RestrictionList
{
    private readonly List<ClientRestriction> _all = [];

    public IReadOnlyList<ClientRestriction> All => _all;

    public void Apply(string client, IEvent? happened, DateOnly occurredOn)
    {
        switch (happened)
        {
            case RestrictionRequested it:
                Forget(client);
                _all.Add(new ClientRestriction(client, it.Ground, occurredOn));
                break;
            case RestrictionGranted when _all.FindIndex(known => known.ClientId == client) is var at and >= 0:
                _all[at] = _all[at] with { GrantedOn = occurredOn };
                break;
            case RestrictionRefused or RestrictionEnded or RestrictionWithdrawn:
                Forget(client);
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
    public void Take(string client, RestrictionList other)
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
            var restriction = image.Reads ? new ClientRestriction("", default, default) : _all[i];
            var (client, ground, on) = restriction;
            var (isGranted, grantedOn) = (restriction.GrantedOn is not null, restriction.GrantedOn ?? default);
            image.Name(ref client);
            image.Value(ref ground);
            image.Value(ref on);
            image.Value(ref isGranted);
            image.Value(ref grantedOn);
            if (image.Reads)
            {
                _all.Add(new ClientRestriction(client, ground, on) { GrantedOn = isGranted ? grantedOn : null });
            }
        }
    }
}
