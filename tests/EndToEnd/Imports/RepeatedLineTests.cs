using System.Text;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Import.LineStatus;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>Lines that come again: from the same import, from another one, and after something else was said.</summary>
public sealed class RepeatedLineTests : IAsyncLifetime
{
    private static readonly Caller Register = new(Role.Integration, "register", Reach.All);

    private TestFolder _folder = null!;
    private Platform _platform = null!;

    public async Task InitializeAsync()
    {
        _folder = await TestFolder.WithClients();
        _platform = await Platform.Open(new StoreAddress(_folder.Data), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _platform.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("case", "06")]
    public async Task What_is_said_anew_counts_whenever_it_differs_from_what_is_known()
    {
        Assert.Equal(Accepted, await Send(ImportKind.Clients, Person("K-1")));
        await AssertComesBack(ImportKind.Clients, Person("BACK-1"), Person("BACK-1", "Lahtinen-Meri", "680"));
        await AssertComesBack(
            ImportKind.BenefitMonths,
            """{"externalId":"K-1","month":"2018-01","amountCents":40000,"reductionPercent":0}""",
            """{"externalId":"K-1","month":"2018-01","amountCents":50000,"reductionPercent":20}""");
        await AssertComesBack(
            ImportKind.TePeriods, """{"externalId":"K-1","standing":"UNEMPLOYED","startsOn":"2018-01-01"}""",
            """{"externalId":"K-1","standing":"UNEMPLOYED","startsOn":"2018-01-01","endsOn":"2018-06-30"}""");
        await AssertComesBack(
            ImportKind.Visits, """{"dropInCentreId":"kemijarvi-keskusta","occurredOn":"2026-01-02","visits":31}""",
            """{"dropInCentreId":"kemijarvi-keskusta","occurredOn":"2026-01-02","visits":32}""");
    }

    [Fact]
    public async Task Within_one_import_a_line_happens_once_also_after_a_crash()
    {
        var import = Guid.NewGuid();
        var (first, second) = (Person("CRASH-1"), Person("CRASH-1", "Meri"));
        Assert.Equal(Accepted, await Send(ImportKind.Clients, first, import, 1));
        Assert.Equal(Accepted, await Send(ImportKind.Clients, second, import, 2));
        var version = _platform.Store.LastPosition;
        Assert.Equal(Duplicate, await Send(ImportKind.Clients, first, import, 1));
        Assert.Equal(Duplicate, await Send(ImportKind.Clients, second, import, 2));
        Assert.Equal(version, _platform.Store.LastPosition);
    }

    [Fact]
    [Trait("case", "04")]
    public async Task A_line_with_a_day_is_one_line_and_does_not_undo_a_later_day()
    {
        var earlier = Person("DAY-1", on: "2026-01-10");
        Assert.Equal(Accepted, await Send(ImportKind.Clients, earlier));
        Assert.Equal(Accepted, await Send(ImportKind.Clients, Person("DAY-1", "Meri", on: "2026-06-01")));
        Assert.Equal(Duplicate, await Send(ImportKind.Clients, earlier));
        Assert.Equal(Superseded, await Send(ImportKind.Clients, Person("DAY-1", "Muuttunut", on: "2026-03-01")));
        Assert.Equal(Duplicate, await Send(ImportKind.Clients, Person("DAY-1", "Meri", on: "2026-06-01")));
    }

    [Theory]
    [InlineData("N\\u00001", "Lahtinen", "externalId")]
    [InlineData("N\\u200b1", "Lahtinen", "externalId")]
    [InlineData("N1", "Lah\\u0000tinen", "lastName")]
    [InlineData("N1", "Lah\\r\\ntinen", "lastName")]
    [InlineData("N1", "x \\u202e y", "lastName")]
    [Trait("case", "38")]
    public async Task What_does_not_show_is_in_no_name_and_no_identifier(string id, string name, string field)
    {
        var result = await Result(ImportKind.Clients, Person(id, name), Guid.NewGuid(), 1);
        Assert.Equal((Rejected, "TEXT_UNPRINTABLE", field), (result.Status, result.Why!.Code, result.Why.Field));
    }

    [Fact]
    [Trait("case", "07")]
    public async Task An_identifier_means_one_client_however_it_is_written()
    {
        Assert.Equal(Accepted, await Send(ImportKind.Clients, Person("Ä-1001")));
        foreach (var form in new[] { "Ä-1001 ", "\u00a0Ä-1001", "A\u0308-1001", "\\tÄ-1001\\r\\n" })
        {
            Assert.Equal(Duplicate, await Send(ImportKind.Clients, Person(form)));
        }
    }

    /// <summary>A, B, A, A, B: each from an import of its own, as daily exports are.</summary>
    private async Task AssertComesBack(ImportKind kind, string first, string second)
    {
        var became = new List<LineStatus>();
        foreach (var line in new[] { first, second, first, first, second })
        {
            became.Add(await Send(kind, line));
        }
        Assert.Equal([Accepted, Accepted, Accepted, Duplicate, Accepted], became);
    }

    private Task<LineStatus> Send(ImportKind kind, string line) => Send(kind, line, Guid.NewGuid(), 1);

    private async Task<LineStatus> Send(ImportKind kind, string line, Guid import, long number) =>
        (await Result(kind, line, import, number)).Status;

    private async Task<LineResult> Result(ImportKind kind, string text, Guid import, long number)
    {
        var (line, problem) = LineJson.Read(kind, Encoding.UTF8.GetBytes(text));
        Assert.True(problem is null, problem?.Message);
        var lines = new LineImport(
            _platform.Grains, new ImportKeys(_platform.Services.MasterKey), Register, "registry", import,
            TimeProvider.System);
        return await lines.Send(kind, line!, number);
    }

    private static string Person(
        string id, string name = "Lahtinen", string municipality = "837", string? on = null) =>
        $$"""
        {"externalId":"{{id}}","municipality":"{{municipality}}","lastName":"{{name}}","firstNames":"Aino",
         "birthYear":1980,"temporaryIdentifier":"T-1","synthetic":true
         {{(on is null ? "" : $",\"occurredOn\":\"{on}\"")}}}
        """;
}
