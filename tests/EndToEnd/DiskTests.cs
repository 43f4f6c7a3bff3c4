using System.Globalization;
using OsstOrleans.Gateway.Security;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Disks that take nothing: read-only ones and full ones.</summary>
public sealed class DiskTests
{
    private const string Serve = "exec dotnet \"$@\"";

    [MountFact]
    public async Task A_read_only_data_folder_is_refused()
    {
        using var folder = await TestFolder.WithClients();
        var before = folder.Content();
        await using var process = OsstProcess.StartScript(
            $"mount --bind {folder.Data} {folder.Data}; mount -o remount,bind,ro {folder.Data}; {Serve}",
            RunningServer.Verb(folder.Data));
        RefusalTests.AssertOneSentence(await process.End(), "is read-only");
        folder.AssertUntouchedSince(before);
    }

    [MountFact]
    public async Task A_new_data_folder_on_a_read_only_disk_is_refused()
    {
        using var folder = new TestFolder();
        await using var process = OsstProcess.StartScript(
            $"mount -t tmpfs -o ro none {folder.Path}; {Serve}", RunningServer.Verb(folder.Data));
        RefusalTests.AssertOneSentence(await process.End(), "cannot be created or written");
    }

    [MountFact]
    public async Task A_full_disk_is_refused_with_the_data_on_it_untouched()
    {
        using var folder = await TestFolder.WithClients();
        var disk = Disk(folder);
        await using var process = OsstProcess.StartScript(
            $"mount -t tmpfs -o size=4m none {disk}; cp {folder.Data}/* {disk}; {Fill(disk)}; "
            + $"dotnet \"$@\" || code=$?; cmp {folder.Database} {disk}/osst.db >&2; exit $code",
            RunningServer.Verb(disk));
        RefusalTests.AssertOneSentence(await process.End(), "full");
    }

    /// <summary>Each size ends the first start elsewhere: index, log, tables, key, first commits.</summary>
    [MountTheory]
    [InlineData(16)]
    [InlineData(40)]
    [InlineData(52)]
    [InlineData(56)]
    [InlineData(60)]
    [InlineData(64)]
    public async Task A_disk_too_small_to_begin_on_is_refused_and_as_good_as_new_when_it_has_room(int sizeKb)
    {
        using var folder = new TestFolder();
        var disk = Disk(folder);
        await using var process = OsstProcess.StartScript(
            $"mount -t tmpfs -o size={sizeKb}k none {disk}; ! dotnet \"$@\" 2>{folder.Path}/said >/dev/null; "
            + $"mount -o remount,size=256m {disk}; {Serve}", "simulate", "--clients", "0", "--data", disk);
        var ended = await process.End();
        Assert.True(ended.ExitCode == 0, ended.Errors);
        var said = await File.ReadAllTextAsync(Path.Combine(folder.Path, "said"));
        RefusalTests.AssertOneSentence(new Ended(2, "", said), "full");
    }

    [MountFact]
    public async Task A_key_that_found_no_room_is_made_again_when_there_is_some()
    {
        using var folder = new TestFolder();
        var disk = Disk(folder);
        await using var process = OsstProcess.StartScript(
            $"mount -t tmpfs -o size=8k none {disk}; {Fill(disk)}; ! dotnet \"$@\" 2>{folder.Path}/said >/dev/null; "
            + $"rm {disk}/ballast; {Serve}", "token", "--role", "operator", "--data", disk);
        var ended = await process.End();
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Equal(3, ended.Output.Trim().Split('.').Length);
        var said = await File.ReadAllTextAsync(Path.Combine(folder.Path, "said"));
        RefusalTests.AssertOneSentence(new Ended(2, "", said), "full");
    }

    [MountFact]
    [Trait("case", "36")]
    public async Task A_disk_or_a_quota_that_fills_up_refuses_commands_and_gives_way_again()
    {
        using var folder = await TestFolder.WithClients();
        TokenKey.Open(folder.Data); // On both disks the same.
        var disk = Disk(folder);
        await using var process = OsstProcess.StartScript(
            $"mount -t tmpfs -o size=8m none {disk}; cp {folder.Data}/* {disk}; trap '' XFSZ; {Serve}",
            RunningServer.Verb(disk));
        await using var server = await RunningServer.Answering(process, folder.Data);
        var client = server.As(Role.Coordinator);
        await client.Mutate("registerClient", Registration);
        var ballast = $"/proc/{process.Id}/root{disk}/ballast";
        FillUp(ballast);
        var version = await GivesWayAgain(server, after: 1, () => Task.Run(() => File.Delete(ballast)));
        // There is room, and the kernel takes no byte more of this process, as where a quota is used up.
        await LimitFiles(process, "0");
        await GivesWayAgain(server, version, () => LimitFiles(process, "unlimited"));
    }

    /// <summary>Writes until nothing more is taken, makes room again, and answers with the last version.</summary>
    private static async Task<int> GivesWayAgain(RunningServer server, int after, Func<Task> makeRoom)
    {
        var client = server.As(Role.Coordinator);
        object command = Attempt();
        Answer answer;
        while ((answer = await client.TryMutate("recordContactAttempt", command)).Code is null)
        {
            Assert.True(++after < 1000, "The disk never filled.");
            command = Attempt();
        }
        Assert.Equal("STORE_UNAVAILABLE", answer.Code);
        Assert.Contains("The disk is full; nothing of this request was stored.", answer.Text, StringComparison.Ordinal);
        Assert.True(await server.Position() > 0);
        Assert.Equal("writes-fail", await Ready(server));
        var ops = await server.As(Role.Operator).Send(new HttpRequestMessage(HttpMethod.Get, "/ops.json"));
        Assert.Contains("The disk is full", ops.Text, StringComparison.Ordinal);

        await makeRoom();
        await Patience.Until(async () => await Ready(server) == "ready"); // Nobody writes meanwhile.
        var payload = await client.Mutate("recordContactAttempt", command);
        Assert.Equal(after + 1, payload.GetProperty("version").GetInt32());
        return after + 1;
    }

    private static Task LimitFiles(OsstProcess process, string bytes) =>
        Tool.Run("prlimit", ["--pid", process.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:unlimited"]);

    private static async Task<string> Ready(RunningServer server)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(server.Address, "/health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }

    private static object Registration => new
    {
        clientId = "full-1",
        municipality = "320",
        lastName = "Esimerkki",
        firstNames = "Synteettinen",
        birthYear = 1980,
        temporaryIdentifier = "full-1",
        synthetic = true,
    };

    private static object Attempt() =>
        new { clientId = "full-1", commandId = Guid.NewGuid(), channel = "LETTER", reached = false };

    private static void FillUp(string file)
    {
        try
        {
            using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                ballast.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private static string Disk(TestFolder folder) =>
        Directory.CreateDirectory(Path.Combine(folder.Path, "disk")).FullName;

    private static string Fill(string disk) => $"dd if=/dev/zero of={disk}/ballast bs=4k 2>/dev/null || true";
}
