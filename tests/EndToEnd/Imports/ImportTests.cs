using System.Text;
using static OsstOrleans.EndToEnd.Tests.Imports.ImportFiles;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary><c>osst import</c> on a data folder and against a running server.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private TestFolder _folder = null!;

    public async Task InitializeAsync() => _folder = await TestFolder.WithClients();

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Lines_are_taken_once_however_often_the_file_is_sent()
    {
        var file = Clients(_folder, 3);
        Says(await Run(_folder, "clients", file), 0, "3 lines", "3 accepted, 0 known already, 0 refused");
        Says(await Run(_folder, "clients", file), 0, "0 accepted, 3 known already, 0 refused");
        Assert.Equal(3, Events(_folder, "client.registered"));
        Assert.Equal(0, Events(_folder, "external-id.linked")); // Who is registered by an identifier needs no link.
        Assert.Equal(0, Count(_folder, "SELECT count(*) FROM events WHERE instr(CAST(data AS TEXT), 'K-1') > 0"));
        await Verifies();
    }

    [Fact]
    public async Task A_client_known_by_an_identifier_is_brought_up_to_date()
    {
        await Run(_folder, "clients", Clients(_folder, 1));
        var changed = Write(_folder, "later.csv", $"{Columns}\nK-1,320,Uusinimi,Esimerkki 1,1981,T-1,true");
        Says(await Run(_folder, "clients", changed), 0, "1 accepted");
        Assert.Equal(1, Events(_folder, "client.details-changed"));
        var moved = Write(_folder, "moved.csv", $"{Columns}\nK-1,837,Uusinimi,Esimerkki 1,1981,T-1,true");
        Says(await Run(_folder, "clients", moved), 0, "1 accepted");
        Assert.Equal(1, Events(_folder, "client.moved"));
        Assert.Equal(1, Events(_folder, "client.registered"));
    }

    [Fact]
    public async Task Kela_tells_of_a_person_nobody_knew_and_then_of_one_who_is_known()
    {
        const string Person = """
            "municipality":"320","lastName":"Synteettinen","firstNames":"Esimerkki","birthYear":1980,"synthetic":true
            """;
        var file = Write(_folder, "kela.ndjson", string.Join('\n',
            $$"""{"externalId":"K-9",{{Notified("n1", "2018-03-01")}},{{Person}},"temporaryIdentifier":"T-9"}""",
            $$"""{"externalId":"K-9",{{Notified("n2", "2018-04-01")}},"supportNeeds":["3"]}""",
            $$"""{"externalId":"K-10",{{Notified("n1", "2018-04-01")}}}"""));
        Says(await Run(_folder, "kela-notifications", file), 1, "2 accepted, 0 known already, 1 refused");
        Assert.Equal(2, Events(_folder, "client.referral-received"));
        Assert.Contains(
            "\"line\":3,\"record\":3,\"field\":\"externalId\",\"code\":\"EXTERNAL_ID_UNKNOWN\"", Report(_folder));

        static string Notified(string id, string day) =>
            $"\"notificationId\":\"{id}\",\"occurredOn\":\"{day}\",\"reason\":\"REDUCTION20\",\"urgency\":2";
    }

    [Fact]
    public async Task Periods_and_visits_find_their_grains()
    {
        await Run(_folder, "clients", Clients(_folder, 1));
        Says(await Run(_folder, "te-periods", Write(_folder, "te.csv", """
            externalId;standing;startsOn;endsOn
            K-1;UNEMPLOYED;2015-01-01;2017-12-31
            K-1;JOBSEEKER;2015-01-01;
            """)), 0, "2 accepted");
        Says(await Run(_folder, "visits", Write(_folder, "visits.csv", """
            dropInCentreId,occurredOn,visits,over64
            kemijarvi-keskusta,2026-01-02,31,4
            nowhere,2026-01-02,31,4
            """)), 1, "1 accepted, 0 known already, 1 refused");
    }

    [Fact]
    public async Task Statistics_of_municipalities_are_taken_and_corrected_by_a_later_day()
    {
        var panel = Write(_folder, "panel.csv", """
            municipality;month;measure;value;occurredOn
            320;3.2020;ON_ASSISTANCE;210;2020-06-01
            320;4.2020;ON_ASSISTANCE;;2020-06-01
            320;3.2020;ON_ASSISTANCE;214;2020-09-01
            320;3.2020;ON_ASSISTANCE;190;2020-07-01
            32;3.2020;ON_ASSISTANCE;1;2020-07-01
            320;3.2020;ON_ASSISTANCE;-1;2020-10-01
            """);
        Says(await Run(_folder, "register-panel", panel, "--dry-run"), 1, "3 accepted, 0 known already");
        Assert.Equal(0, Events(_folder, "municipality.panel-value-recorded"));
        Says(await Run(_folder, "register-panel", panel), 1, "3 accepted", "1 older than what is known", "2 refused");
        Says(await Run(_folder, "register-panel", panel), 1, "0 accepted, 3 known already");
        Assert.Equal(3, Events(_folder, "municipality.panel-value-recorded"));
    }

    [Fact]
    public async Task A_spreadsheet_s_file_is_read_as_it_is()
    {
        var text = "externalId;municipality;lastName;firstNames;birthYear;temporaryIdentifier\r\n"
            + "K-1;320;\"Synteettinen; \"\"Ässä\"\"\";\"Esi merkki\";1980;T-1\r\n"
            + "\r\n"
            + "K-2;320;Synteettinen;Esimerkki;1980;T-2";
        var file = Write(_folder, "excel.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);
        Says(await Run(_folder, "clients", file), 0, "2 accepted, 0 known already, 0 refused");
    }

    [Fact]
    public async Task Each_refused_line_is_told_by_number_field_and_code_and_without_its_content()
    {
        string[] lines =
        [
            Columns,
            Client(1),
            "K-2,320,Salaisuus,Esimerkki,kahdeksankymmentä,T-2,true", // 3: no number
            "K-3,320,Salaisuus,Esimerkki,1980,T-3", // 4: a cell is missing
            "K-4,320,Salaisuus,Esimerkki,1980,T-4,true,more", // 5: a cell too many
            "K-5,32,Salaisuus,Esimerkki,1980,T-5,true", // 6: no municipality
            ",320,Salaisuus,Esimerkki,1980,T-6,true", // 7: nobody named
            "K-7,320,,Esimerkki,1980,T-7,true", // 8: no name
            "K-8,320,\"Salai\"suus,Esimerkki,1980,T-8,true", // 9: text after a quote
        ];
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n").ToList();
        bytes.AddRange("K-9,320,Salais"u8);
        bytes.AddRange([0xE4, 0xE4]); // Latin-1, line 10.
        bytes.AddRange(",Esimerkki,1980,T-9,true\n"u8);
        Says(await Run(_folder, "clients", Write(_folder, "bad.csv", [.. bytes])), 1, "1 accepted", "8 refused");
        var report = Report(_folder);
        string[] told =
        [
            "3 birthYear FIELD_UNREADABLE", "4 line COLUMN_COUNT", "5 line COLUMN_COUNT",
            "6 municipality MUNICIPALITY_CODE_INVALID", "7 externalId CLIENT_NOT_NAMED", "8 lastName FIELD_REQUIRED",
            "9 line LINE_UNREADABLE", "10 line ENCODING_INVALID",
        ];
        Assert.Equal(told.Order(), report.TrimEnd().Split('\n').Select(Shown).Order());
        Assert.DoesNotContain("Salai", report, StringComparison.Ordinal);
        Assert.DoesNotContain("kahdeksan", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("externalId,month,salary\nK-1,2018-01,1")]
    [InlineData("K-1,2018-01,40000,0")]
    [InlineData("externalId,month,month\nK-1,2018-01,2018-01")]
    public async Task A_file_whose_first_line_names_no_columns_is_refused_as_a_whole(string text)
    {
        var ended = await Run(_folder, "benefit-months", Write(_folder, "odd.csv", text));
        RefusalTests.AssertOneSentence(ended, "column");
        Assert.DoesNotContain("salary", ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_decides_everything_and_stores_nothing()
    {
        var before = Count(_folder, "SELECT count(*) FROM events");
        var file = Clients(_folder, 5);
        Says(await Run(_folder, "clients", file, "--dry-run"), 0, "5 accepted");
        Assert.Equal(before, Count(_folder, "SELECT count(*) FROM events"));
        Says(await Run(_folder, "clients", file), 0, "5 accepted, 0 known already");
        Says(await Run(_folder, "clients", file, "--dry-run"), 0, "0 accepted, 5 known already");
    }

    [Fact]
    public async Task A_running_server_takes_the_same_lines_and_knows_them_by_their_content()
    {
        var (clients, months) = (Clients(_folder, 20), Months(_folder, 20, 30));
        await using (var server = await RunningServer.Start(_folder, "--quiet"))
        {
            var to = new[] { "--url", server.Address.ToString(), "--token", server.Token(Role.Integration) };
            Says(await Run(_folder, "clients", clients, to), 0, "20 accepted, 0 known already");
            Says(await Run(_folder, "benefit-months", months, to), 0, "600 lines", "600 accepted");
            Says(await Run(_folder, "benefit-months", months, to), 0, "0 accepted, 600 known already");
            RefusalTests.AssertOneSentence(
                await Run(_folder, "clients", clients, "--url", server.Address.ToString(), "--token", "nobody"),
                "UNAUTHENTICATED");
            Assert.Equal(0, (await server.Process.Stop()).ExitCode);
        }
        Says(await Run(_folder, "benefit-months", months), 0, "0 accepted, 600 known already");
        Assert.Equal(600, Events(_folder, "client.benefit-month-recorded"));
        await Verifies();
    }

    private static string Shown(string line)
    {
        var json = System.Text.Json.JsonElement.Parse(line);
        return $"{json.GetProperty("line")} {json.GetProperty("field")} {json.GetProperty("code")}";
    }

    private static void Says(Ended ended, int exit, params string[] words)
    {
        Assert.True(ended.ExitCode == exit, ended.Output + ended.Errors);
        Assert.All(words, word => Assert.Contains(word, ended.Output, StringComparison.Ordinal));
    }

    private async Task Verifies()
    {
        await Osst.AssertVerifies("--data", _folder.Data);
    }
}
