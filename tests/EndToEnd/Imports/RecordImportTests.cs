using static OsstOrleans.EndToEnd.Tests.Imports.ImportFiles;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>Files of a register's client record system, beside a server and without one.</summary>
public sealed class RecordImportTests
{
    private const int People = 300;
    private const int CallsOfEach = 40;
    private const int Kills = 3;

    private const string ContactsOf = "SELECT count(*) FROM events WHERE type = 'client.contact-attempted'";

    [Fact]
    public async Task Kill_9_in_the_middle_of_a_file_of_contacts_loses_no_line_and_doubles_none()
    {
        using var folder = await TestFolder.WithClients();
        Assert.Equal(0, (await Run(folder, "clients", Clients(folder, People))).ExitCode);
        var file = Contacts(folder, People, CallsOfEach);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var process = OsstProcess.Start("import", "contacts", file, "--data", folder.Data);
            await process.Line("Importing contacts: 0 %");
            await process.Kill();
        }
        var before = Count(folder, ContactsOf);
        var ended = await Run(folder, "contacts", file);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.InRange(Count(folder, ContactsOf), before, long.MaxValue);
        Assert.Equal(People * CallsOfEach, Count(folder, $"{ContactsOf} AND actor LIKE 'record-system/%'"));
        await Osst.AssertVerifies("--data", folder.Data);
    }

    [Fact]
    public async Task A_running_server_takes_a_record_system_s_lines_of_its_own_register_and_no_staff()
    {
        using var folder = await TestFolder.WithClients();
        await using var server = await RunningServer.Start(folder, "--quiet");
        string[] own = ["--url", server.Address.ToString(), "--token", server.Token(Role.RecordSystem, "320")];
        string[] away = ["--url", server.Address.ToString(), "--token", server.Token(Role.RecordSystem, "680")];
        Says(await Run(folder, "clients", Clients(folder, 20), [.. own, "--day", "2019-01-02"]), 0, "20 accepted");
        var file = Contacts(folder, 20, 3);
        Says(await Run(folder, "contacts", file, own), 0, "60 accepted");
        Says(await Run(folder, "contacts", file, own), 0, "0 accepted, 60 known already");
        Says(await Run(folder, "contacts", file, away), 1, "0 accepted, 0 known already, 60 refused");
        // Records are cells of JSON, coded values are system#code.
        var needs = Write(folder, "assessments.csv", """
            externalId;occurredOn;clientship;needs
            K-1;2.5.2019;TOSI;"[{""need"":{""system"":""x"",""code"":""y""},""duration"":""REPEATED""}]"
            K-2;2.5.2019;TOSI;
            """);
        Says(await Run(folder, "assessments", needs, own), 1, "1 accepted", "1 refused");
        Assert.Contains("UNKNOWN_CODE", Report(folder, "assessments"), StringComparison.Ordinal);
        var staff = Write(folder, "staff.csv", "municipality,workerId\n320,w77\n");
        RefusalTests.AssertOneSentence(await Run(folder, "staff", staff, own), "FORBIDDEN");
        string[] coordinator = ["--url", server.Address.ToString(), "--token", server.Token(Role.Coordinator, "320")];
        Says(await Run(folder, "staff", staff, coordinator), 0, "1 accepted");
    }

    [Fact]
    public async Task Staff_and_rights_are_no_matter_of_a_data_folder()
    {
        using var folder = await TestFolder.WithClients();
        var staff = Write(folder, "staff.csv", "municipality,workerId\n320,w77\n");
        RefusalTests.AssertOneSentence(await Run(folder, "staff", staff), "coordinator");
    }

    private static string Contacts(TestFolder folder, int clients, int calls) => Write(
        folder, "contacts.ndjson", string.Join('\n',
            from call in Enumerable.Range(1, calls)
            from client in Enumerable.Range(1, clients)
            select $"{{\"externalId\":\"K-{client}\",\"entryId\":\"{client}/{call}\",\"channel\":\"PHONE\","
                + "\"reached\":false}"));

    private static string Report(TestFolder folder, string name) => File.ReadAllText(Directory.GetFiles(
        Path.Combine(folder.Data, "imports"), $"{name}*.report.ndjson").Single());

    private static void Says(Ended ended, int exit, params string[] words)
    {
        Assert.True(ended.ExitCode == exit, ended.Output + ended.Errors);
        Assert.All(words, word => Assert.Contains(word, ended.Output, StringComparison.Ordinal));
    }
}
