using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Caseload;

/// <summary>An opening of one of the register's clients without a relationship.</summary>
/// <param name="ClientId">The client.</param>
/// <param name="OpenedBy">Who, <c>role/subject</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The instant at which it ends, or ended.</param>
/// <param name="IsReviewed">True once another person has reviewed it.</param>
public sealed record ClientOpening(
    string ClientId, string OpenedBy, OpeningReason Reason, DateTimeOffset Until, bool IsReviewed = false)
{
    /// <summary>The instant at which it began.</summary>
    public DateTimeOffset OpenedAt => Until - Openings.Length;
}

/// <summary>The openings of the clients who are in a register now, the oldest first.</summary>
internal sealed class OpeningList
{
    private readonly List<ClientOpening> _all = [];

    public IReadOnlyList<ClientOpening> All => _all;

    public void Apply(string client, IEvent? happened)
    {
        switch (happened)
        {
            case AccessOpened it:
                _all.Add(new ClientOpening(client, it.OpenedBy, it.Reason, it.Until));
                break;
            case OpeningReviewed it:
                var at = _all.FindLastIndex(known => known.ClientId == client && known.OpenedBy == it.OpenedBy);
                _all[at] = _all[at] with { IsReviewed = true };
                break;
        }
    }

    /// <summary>A client comes into the register with a past.</summary>
    public void Admit(string client, IEnumerable<IEvent?> past)
    {
        Forget(client);
        foreach (var happened in past)
        {
            Apply(client, happened);
        }
    }

    /// <summary>A client left the register, or the history reads differently.</summary>
    public void Forget(string client) => _all.RemoveAll(known => known.ClientId == client);

    /// <summary>Takes over what another list has of a client.</summary>
    public void Take(string client, OpeningList other)
    {
        Forget(client);
        _all.AddRange(other._all.Where(known => known.ClientId == client));
        _all.Sort(static (one, another) => one.Until.CompareTo(another.Until));
    }

    public void Imprint(Image image)
    {
        var count = _all.Count;
        image.Value(ref count);
        for (var i = 0; i < count; i++)
        {
            var (client, by, reason, until, reviewed) = image.Reads
                ? new ClientOpening("", "", default, default)
                : _all[i];
            var ticks = until.UtcTicks;
            image.Name(ref client);
            image.Name(ref by);
            image.Value(ref reason);
            image.Value(ref ticks);
            image.Value(ref reviewed);
            if (image.Reads)
            {
                _all.Add(new ClientOpening(client, by, reason, new DateTimeOffset(ticks, TimeSpan.Zero), reviewed));
            }
        }
    }
}
