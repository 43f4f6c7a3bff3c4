using OsstOrleans.Grains;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Audit;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Resolvers;

internal sealed record AuditEdge(string Cursor, AuditLine Node);

/// <summary>A page of both logs of a register.</summary>
internal sealed record AuditConnection(IReadOnlyList<AuditLine> Nodes, AuditMark? End, bool HasPreviousPage)
{
    /// <summary>Where looking ended, which may be behind the last line.</summary>
    public PageInfo PageInfo => new(
        End is not null, HasPreviousPage, Nodes.Count > 0 ? AuditResolvers.CursorOf(Nodes[0].Mark) : null,
        (End ?? (Nodes.Count > 0 ? Nodes[^1].Mark : null)) is { } end ? AuditResolvers.CursorOf(end) : null);
}

/// <summary>The unusual uses of a day.</summary>
internal sealed record UnusualDay(DateOnly Day, bool IsComplete, IReadOnlyList<UnusualUse> Found);

/// <summary>What those who see to data protection ask of the logs about a register's clients.</summary>
internal sealed class AuditResolvers(
    Platform platform, GlobalIds ids, PageSizes sizes, AuditThresholds thresholds)
{
    private const string List = "au";

    /// <summary>Cursors' numbers are small enough and not negative: a place is cut into four, a time is in
    /// microseconds.</summary>
    private const int CursorNumbers = 6;

    /// <summary>A token's subject has 255 characters at most, and a role stands before it.</summary>
    private const int LongestUser = 300;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "accessAudit", Page)
        .Root("Query", "unusualUse", Unusual)
        .Object<UnusualDay>("UnusualUseDay").Object<UnusualUse>("UnusualUse")
        .Object<AuditConnection>("AuditConnection")
        .Plain<AuditConnection, IReadOnlyList<AuditEdge>>("AuditConnection", "edges",
            page => [.. page.Nodes.Select(node => new AuditEdge(CursorOf(node.Mark), node))])
        .Object<AuditEdge>("AuditEdge")
        .Object<AuditLine>("AuditEntry");

    public static string CursorOf(AuditMark mark)
    {
        var place = mark.Place.Place;
        return Cursors.Write(
            List, mark.Place.At.UtcTicks / TimeSpan.TicksPerMicrosecond, mark.IsDisclosure ? 1 : 0,
            (uint)(place >> 96), (uint)(place >> 64), (uint)(place >> 32), (uint)place);
    }

    private async ValueTask<AuditConnection> Page(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterAudited());
        var question = QuestionOf(call, register);
        var page = await new RegisterAudit((IRegisterLogs)platform.Store).Page(question);
        await platform.Uses.Audited(
            caller, register, "access-audit", Words(call, question),
            [.. page.Lines.Select(line => line.ClientId).OfType<string>().Distinct()]);
        return new AuditConnection(page.Lines, page.End, question.After is not null);
    }

    private async ValueTask<UnusualDay> Unusual(FieldCall call)
    {
        var (caller, register) = (call.Caller(), call.RegisterAudited());
        var day = call.Arguments.GetOrDefault<DateOnly?>("on") ?? platform.Services.Clock().Today;
        var uses = await new UnusualUseSearch((IRegisterLogs)platform.Store, thresholds)
            .In(register, GrainServices.StartOf(day), EndOf(day));
        await platform.Uses.Audited(caller, register, "unusual-use", $" on={day:O}", []);
        return new UnusualDay(day, uses.IsComplete, uses.Found);
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
        var user = call.Arguments.GetOrDefault<string>("user");
        if (user?.Length > LongestUser || (user is not null && !TextForm.IsOneLine(user)))
        {
            throw CaseloadResolvers.BadInput("user", "A user is a role and a staff id, as an entry's actor shows it.");
        }
        var to = call.Arguments.GetOrDefault<DateOnly?>("to") ?? platform.Services.Clock().Today;
        return new AuditQuestion(
            register, GrainServices.StartOf(call.Arguments.Get<DateOnly>("from")),
            EndOf(to), sizes.Of(call, "first"))
        {
            Actor = user,
            ClientId = client,
            Kind = call.Arguments.GetOrDefault<AuditKind?>("kind"),
            After = Cursors.Asked(call, "after", List, CursorNumbers) is { } numbers ? MarkOf(numbers) : null,
        };
    }

    private static AuditMark MarkOf(IReadOnlyList<long> numbers)
    {
        if (numbers[0] > DateTimeOffset.MaxValue.UtcTicks / TimeSpan.TicksPerMicrosecond
            || numbers.Skip(2).Any(part => part > uint.MaxValue))
        {
            throw Cursors.OfNoList("after");
        }
        var at = new DateTimeOffset(numbers[0] * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        return new AuditMark(
            new LinePlace(at, numbers.Skip(2).Aggregate(UInt128.Zero, (place, part) => (place << 32) | (UInt128)part)),
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
