using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Grains;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Audit;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record AuditEdge(string Cursor, AuditLine Node);

/// <summary>A page of both logs of a register.</summary>
/// <param name="Nodes">The lines.</param>
/// <param name="End">Where the next page goes on; null when there is none.</param>
/// <param name="HasPreviousPage">There was one before.</param>
/// <param name="Asked">Which question its cursors belong to.</param>
internal sealed record AuditConnection(
    IReadOnlyList<AuditLine> Nodes, AuditMark? End, bool HasPreviousPage, uint Asked)
{
    /// <summary>Where looking ended, which may be behind the last line.</summary>
    public PageInfo PageInfo => new(
        End is not null, HasPreviousPage, Nodes.Count > 0 ? CursorOf(Nodes[0].Mark) : null,
        (End ?? (Nodes.Count > 0 ? Nodes[^1].Mark : null)) is { } end ? CursorOf(end) : null);

    public string CursorOf(AuditMark mark)
    {
        var place = mark.Place.Place;
        return Cursors.Write(
            AuditResolvers.List, mark.Place.At.UtcTicks / TimeSpan.TicksPerMicrosecond, mark.IsDisclosure ? 1 : 0,
            (uint)(place >> 96), (uint)(place >> 64), (uint)(place >> 32), (uint)place, Asked);
    }
}

/// <summary>The unusual uses of a day.</summary>
internal sealed record UnusualDay(
    DateOnly Day, bool IsComplete, DateTimeOffset? LookedFrom, IReadOnlyList<UnusualUse> Found);

/// <summary>What those who see to data protection ask of the logs about a register's clients.</summary>
internal sealed class AuditResolvers(
    Platform platform, GlobalIds ids, PageSizes sizes, AuditThresholds thresholds)
{
    public const string List = "au";

    /// <summary>Cursors' numbers are small enough and not negative: a place is cut into four, a time is in
    /// microseconds. The last is of the question, so that a cursor leads on in no other.</summary>
    private const int CursorNumbers = 7;

    /// <summary>A role, a slash and a subject, which has 255 characters at most.</summary>
    private const int LongestUser = 272;

    private readonly RegisterAudit _audit = new((IRegisterLogs)platform.Store);
    private readonly UnusualUseSearch _unusual = new((IRegisterLogs)platform.Store, thresholds);

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "accessAudit", Page)
        .Root("Query", "unusualUse", Unusual)
        .Object<UnusualDay>("UnusualUseDay").Object<UnusualUse>("UnusualUse")
        .Object<AuditConnection>("AuditConnection")
        .Plain<AuditConnection, IReadOnlyList<AuditEdge>>("AuditConnection", "edges",
            page => [.. page.Nodes.Select(node => new AuditEdge(page.CursorOf(node.Mark), node))])
        .Object<AuditEdge>("AuditEdge")
        .Object<AuditLine>("AuditEntry");

    private async ValueTask<AuditConnection> Page(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterAudited());
        var question = QuestionOf(call, register);
        var words = Words(call, question);
        var asked = BinaryPrimitives.ReadUInt32LittleEndian(
            SHA256.HashData(Encoding.UTF8.GetBytes(register + words)));
        question = question with { After = AfterOf(call, asked) };
        var page = await _audit.Page(question, call.Cancelled);
        await platform.Uses.Audited(
            caller, register, UseNames.AccessAudit, words,
            [.. page.Lines.Select(line => line.ClientId).OfType<string>().Distinct()]);
        return new AuditConnection(page.Lines, page.End, question.After is not null, asked);
    }

    private async ValueTask<UnusualDay> Unusual(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterAudited());
        var day = call.Arguments.GetOrDefault<DateOnly?>("on") ?? platform.Services.Clock().Today;
        var (from, to) = (GrainServices.StartOf(day), EndOf(day));
        var before = call.Arguments.GetOrDefault<DateTimeOffset?>("before");
        if (before <= from || before > to)
        {
            throw CaseloadResolvers.BadInput("before", "This instant is not one of the day.");
        }
        var uses = await _unusual.In(register, from, before ?? to, call.Cancelled);
        await platform.Uses.Audited(
            caller, register, "unusual-use", $" on={day:O}{(before is { } cut ? $" before={cut:O}" : "")}", []);
        return new UnusualDay(day, uses.IsComplete, uses.LookedFrom, uses.Found);
    }

    private static DateTimeOffset EndOf(DateOnly day) =>
        day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : GrainServices.StartOf(day.AddDays(1));

    private AuditQuestion QuestionOf(FieldCall call, string register)
    {
        var client = call.Arguments.GetOrDefault<string>("client") is { } asked
            ? ids.KeyOf(GrainKind.Client, asked)
            : null;
        if (client is not null && !GrainName.IsValidKey(client))
        {
            throw CaseloadResolvers.BadInput("client", "This is no id of a client.");
        }
        var from = call.Arguments.Get<DateOnly>("from");
        var to = call.Arguments.GetOrDefault<DateOnly?>("to") ?? platform.Services.Clock().Today;
        return new AuditQuestion(
            register, GrainServices.StartOf(from), EndOf(DemandOrder(from, to)), sizes.Of(call, "first"))
        {
            Actor = UserOf(call),
            ClientId = client,
            Kind = call.Arguments.GetOrDefault<AuditKind?>("kind"),
        };
    }

    /// <summary>The last day of some; it is not before the first one.</summary>
    public static DateOnly DemandOrder(DateOnly from, DateOnly to) => from <= to ? to
        : throw CaseloadResolvers.BadInput("to", "This day lies before the first one.");

    /// <summary>The user asked about, as lines name one: what is asked is written into the log for years.</summary>
    private static string? UserOf(FieldCall call) => call.Arguments.GetOrDefault<string>("user") is not { } user ? null
        : user.Length <= LongestUser && TextForm.IsOneLine(user)
            && user.Split('/', 2) is [{ Length: > 0 } role, { Length: > 0 }]
            && role.All(letter => letter is '-' || char.IsAsciiLetterLower(letter)) ? user
        : throw CaseloadResolvers.BadInput("user", "A user is a role, a slash and a staff id, as `actor` shows it.");

    private static AuditMark? AfterOf(FieldCall call, uint asked)
    {
        if (Cursors.Asked(call, "after", List, CursorNumbers) is not { } numbers)
        {
            return null;
        }
        if (numbers[^1] != asked || numbers[0] > DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond
            || numbers.Skip(2).Any(part => part > uint.MaxValue))
        {
            throw Cursors.OfNoList("after");
        }
        var at = new DateTimeOffset(numbers[0] * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return new AuditMark(
            new LinePlace(at, numbers.Skip(2).SkipLast(1)
                .Aggregate(UInt128.Zero, (place, part) => (place << 32) | (UInt128)part)),
            numbers[1] == 1);
    }

    /// <summary>What was asked, for the line that this leaves.</summary>
    private static string Words(FieldCall call, AuditQuestion question) => string.Join("", new (string, object?)[]
    {
        ("from", call.Arguments.Get<DateOnly>("from").ToString("O")),
        ("to", call.Arguments.GetOrDefault<DateOnly?>("to")?.ToString("O")),
        ("user", question.Actor), ("client", question.ClientId), ("kind", question.Kind),
    }.Where(part => part.Item2 is not null).Select(part => $" {part.Item1}={part.Item2}"));
}
