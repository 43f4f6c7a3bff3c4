using OsstOrleans.Grains;
using OsstOrleans.Silo.Audit;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Sqlite;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Audit;

/// <summary>What the officer for data protection finds in the logs about a register's clients.</summary>
public sealed class RegisterAuditTests : Place
{
    private static readonly Caller Officer = In(Role.DataProtection, Tampere);

    private RegisterAudit Audit => new(Store);

    [Fact]
    public async Task Both_logs_stand_in_one_order_and_each_kind_can_be_asked_for()
    {
        await Use(1, Maija, "client");
        await Use(2, GrainName.Municipality(Tampere), "caseload; 3 shown");
        await Tell(2);
        await Use(2, GrainName.Municipality(Tampere), "verb: backup; 1 clients registered");
        await Use(3, Maija, "denied: history");
        await Use(4, Maija, "timeline");
        await Tell(5);
        Assert.Equal(
            [
                AuditKind.Disclosure, AuditKind.ClientUse, AuditKind.Refused, AuditKind.OperatorVerb,
                AuditKind.RegisterUse, AuditKind.Disclosure, AuditKind.ClientUse,
            ],
            (await All(Anything)).Select(line => line.Kind));
        foreach (var kind in Enum.GetValues<AuditKind>())
        {
            var lines = await All(Anything with { Kind = kind });
            Assert.NotEmpty(lines);
            Assert.All(lines, line => Assert.Equal(kind, line.Kind));
        }
        Assert.Equal(5, (await All(Anything with { ClientId = Maija.Key })).Count);
        Assert.Equal(2, (await All(Anything with { Actor = "osst/deliveries" })).Count);
        Assert.Empty(await All(Anything with { Register = Raisio }));
        Assert.Equal(2, (await All(Anything with { From = At(4), To = At(6) })).Count);
    }

    [Fact]
    public async Task A_cursor_leads_to_no_line_behind_the_last_instant()
    {
        await Use(1, Maija, "client");
        await Use(9, Maija, "history");
        var page = await Audit.Page(Anything with
        {
            To = At(5),
            After = new AuditMark(new LinePlace(At(59), 0), IsDisclosure: true),
        });
        Assert.Equal("client", Assert.Single(page.Lines).Use!.Line.What);
    }

    [Fact]
    public async Task A_page_that_finds_little_ends_early_and_says_where_to_go_on()
    {
        await Tell(0);
        await Store.LogAccess(
            [.. Enumerable.Range(1, RegisterAudit.MostLooked + 100).Select(_ => Line(1, Maija, "client"))]);
        await Use(2, Maija, "denied: client");
        var question = Anything with { Kind = AuditKind.Refused, Max = 2 };
        var first = await Audit.Page(question);
        Assert.Equal("denied: client", Assert.Single(first.Lines).Use!.Line.What);
        Assert.NotNull(first.End);
        var rest = await Audit.Page(question with { After = first.End });
        Assert.Empty(rest.Lines);
        Assert.Null(rest.End);
    }

    [Fact]
    public async Task The_order_is_the_indexes_so_that_no_line_beyond_the_page_is_read()
    {
        await Use(1, Maija, "client");
        using var database = Database.Open(DatabaseFile);
        foreach (var (index, narrow) in ((string, string)[])
            [("access_log_register", ""), ("access_log_actor", "AND actor = 'a' ")])
        {
            using var plan = database.Prepare(
                $"EXPLAIN QUERY PLAN SELECT line FROM access_log INDEXED BY {index} WHERE register = 'r' {narrow}"
                + "AND at BETWEEN 1 AND 2 AND (at < 2 OR line < 3) ORDER BY at DESC, line DESC LIMIT 9");
            Assert.True(plan.Step());
            Assert.StartsWith(
                $"SEARCH access_log USING COVERING INDEX {index}", plan.Text(3), StringComparison.Ordinal);
            Assert.False(plan.Step()); // Nothing is sorted.
        }
    }

    [Fact]
    public async Task Looking_leaves_a_line_at_the_register_and_one_at_each_client_without_whom_else()
    {
        await new RegisterUses(Services).Audited(
            Officer, Tampere, "access-audit", " from=2019-05-01 user=social-worker/w-1", ["maija", "matti"]);
        Assert.Equal(
            "municipality/837 access-audit from=2019-05-01 user=social-worker/w-1; 2 clients shown|"
            + "client/maija access-audit|client/matti access-audit",
            Scalar("SELECT group_concat(client || ' ' || what, '|') FROM (SELECT * FROM access_log ORDER BY line)"));
        Assert.Equal("data-protection/s-837 data-protection", Scalar("SELECT actor || ' ' || basis FROM access_log"));
    }

    private static AuditQuestion Anything => new(Tampere, At(0), At(59), 10);

    private static DateTimeOffset At(int minute) => new(2019, 5, 2, 9, minute, 0, TimeSpan.Zero);

    /// <summary>All pages, of two lines each.</summary>
    private async Task<List<AuditLine>> All(AuditQuestion question)
    {
        var lines = new List<AuditLine>();
        for (var page = await Audit.Page(question with { Max = 2 }); ;
            page = await Audit.Page(question with { Max = 2, After = page.End }))
        {
            lines.AddRange(page.Lines);
            if (page.End is null)
            {
                return lines;
            }
        }
    }

    private ValueTask Use(int minute, GrainName about, string what) => Store.LogAccess([Line(minute, about, what)]);

    private static UseLine Line(int minute, GrainName about, string what) =>
        new(about, Tampere, "social-worker/w-1", "client-work", what, At(minute));

    private ValueTask Tell(int minute) => Store.LogDisclosures(
    [
        new DisclosureLine(
            Maija, Tampere, "client.moved, coded", "records", "Records", "osst/deliveries", "care", "703/2023", 1,
            At(minute)),
    ]);
}
