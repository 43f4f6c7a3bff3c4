using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Audit;

/// <summary>What a line of the logs about a register's clients is about.</summary>
public enum AuditKind
{
    /// <summary>Data of one client were used, or the client was shown on a list.</summary>
    ClientUse = 1,

    /// <summary>A list, a search or figures of the whole register: what was asked, and how many were shown.</summary>
    RegisterUse = 2,

    /// <summary>An attempt at a client was refused.</summary>
    Refused = 3,

    /// <summary>Data of a client went to another system.</summary>
    Disclosure = 4,

    /// <summary>A verb of an operator read or copied what the store holds of the register's clients.</summary>
    OperatorVerb = 5,
}

/// <summary>A line of one of the two logs.</summary>
/// <param name="Use">A line of the use log; null for a disclosure.</param>
/// <param name="Disclosure">A line of the disclosure log; null for a use.</param>
public sealed record AuditLine(Logged<UseLine>? Use, Logged<DisclosureLine>? Disclosure)
{
    /// <summary>Where it stands in its log.</summary>
    public AuditMark Mark { get; } = Use is not null
        ? new(new LinePlace(Use.Line.At, Use.Place), IsDisclosure: false)
        : new(new LinePlace(Disclosure!.Line.At, Disclosure.Place), IsDisclosure: true);

    /// <summary>About what it is; a register's line is about its municipality.</summary>
    public GrainName About => Use?.Line.Client ?? Disclosure!.Line.Client;

    /// <summary>The client whom it is about; null for a line about a whole register.</summary>
    public string? ClientId => About is { Kind: GrainKind.Client } client ? client.Key : null;

    public AuditKind Kind => Use is null ? AuditKind.Disclosure
        : Use.Line.What.StartsWith(UseLine.Denied, StringComparison.Ordinal) ? AuditKind.Refused
        : Use.Line.What.StartsWith(UseLine.Verb, StringComparison.Ordinal) ? AuditKind.OperatorVerb
        : ClientId is null ? AuditKind.RegisterUse
        : AuditKind.ClientUse;

    /// <summary>Who used the data, or let them out.</summary>
    internal string Actor => Use?.Line.Actor ?? Disclosure!.Line.Discloser;
}

/// <summary>Where a page of both logs ended. At one instant uses come before disclosures.</summary>
public readonly record struct AuditMark(LinePlace Place, bool IsDisclosure)
{
    /// <summary>Below which place the uses go on.</summary>
    internal LinePlace Uses => IsDisclosure ? Place with { Place = 0 } : Place;

    /// <summary>Below which place the disclosures go on.</summary>
    internal LinePlace Disclosures => IsDisclosure ? Place : Place with { Place = UInt128.MaxValue };
}

/// <summary>Which lines of a register are looked for.</summary>
/// <param name="Register">The municipality's code.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The instant before which the lines were written.</param>
/// <param name="Max">At most so many on a page.</param>
public sealed record AuditQuestion(string Register, DateTimeOffset From, DateTimeOffset To, int Max)
{
    /// <summary>Who used the data, or let them out: <c>role/subject</c>; all when null.</summary>
    public string? Actor { get; init; }

    /// <summary>About whom; all when null.</summary>
    public string? ClientId { get; init; }

    /// <summary>What kind of lines; all when null.</summary>
    public AuditKind? Kind { get; init; }

    /// <summary>Where the page before ended.</summary>
    public AuditMark? After { get; init; }

    internal bool Takes(AuditLine line) => (Kind is null || line.Kind == Kind)
        && (Actor is null || line.Actor == Actor);

    internal bool IsNarrow => Kind is not null || Actor is not null;
}

/// <summary>A page of both logs, newest first.</summary>
/// <param name="Lines">The lines; fewer than asked for also where the looking ended early.</param>
/// <param name="End">Where the next page goes on; null when there is none.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, AuditMark? End);

/// <summary>
/// Looks through the logs about a register's clients. Register, client and user have indexes; of what they give each
/// line is looked at for the kind, and never more than <see cref="MostLooked"/> for a page. Then the page ends early,
/// and says where to go on.
/// </summary>
/// <param name="logs">Where the lines are.</param>
public sealed class RegisterAudit(IRegisterLogs logs)
{
    /// <summary>Lines that are looked at for one page.</summary>
    public const int MostLooked = 5_000;

    private const int Round = 500;

    private readonly RegisterTurns _turns = new();

    /// <summary>A page; of a register one is looked for at a time.</summary>
    /// <param name="question">What is looked for.</param>
    /// <param name="stop">The asker has gone.</param>
    public ValueTask<AuditPage> Page(AuditQuestion question, CancellationToken stop = default) =>
        _turns.Take(question.Register, () => Looked(question, stop), stop);

    private async ValueTask<AuditPage> Looked(AuditQuestion question, CancellationToken stop)
    {
        var found = new List<AuditLine>();
        // A cursor never leads behind the last instant.
        var from = question.After is { } after && after.Place.At < question.To ? after
            : new AuditMark(new LinePlace(question.To, 0), IsDisclosure: true);
        for (var looked = 0; looked < MostLooked;)
        {
            stop.ThrowIfCancellationRequested();
            var round = question.IsNarrow ? Math.Max(Round, question.Max + 1) : question.Max + 1 - found.Count;
            var lines = await Next(question, from, round);
            foreach (var line in lines)
            {
                if (question.Takes(line) && found.Count == question.Max)
                {
                    return new AuditPage(found, found[^1].Mark);
                }
                if (question.Takes(line))
                {
                    found.Add(line);
                }
                from = line.Mark;
            }
            if (lines.Count < round)
            {
                return new AuditPage(found, null);
            }
            looked += lines.Count;
        }
        return new AuditPage(found, from);
    }

    /// <summary>The next lines of both logs in their common order.</summary>
    private async ValueTask<IReadOnlyList<AuditLine>> Next(AuditQuestion question, AuditMark from, int max)
    {
        var slice = new RegisterLogSlice(question.Register, question.From, from.Uses, max)
        {
            Client = question.ClientId is { } id ? GrainName.Client(id) : null,
            Actor = question.Actor,
        };
        var uses = question.Kind is AuditKind.Disclosure ? [] : await logs.UsesIn(slice);
        var disclosures = question.Kind is null or AuditKind.Disclosure
            ? await logs.DisclosuresIn(slice with { Before = from.Disclosures })
            : [];
        return
        [
            .. uses.Select(use => new AuditLine(use, null))
                .Concat(disclosures.Select(told => new AuditLine(null, told)))
                .OrderByDescending(line => line.Mark.Place.At).ThenBy(line => line.Mark.IsDisclosure)
                .ThenByDescending(line => line.Mark.Place.Place).Take(max),
        ];
    }
}
