namespace OsstOrleans.EndToEnd.Tests;

/// <summary>The restore drill: a backup is worth what can be restored from it.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Callers = 4;

    private readonly TestFolder _folder = new();

    private string Backup => Path.Combine(_folder.Path, "backup.osst");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_under_load_restores_everything_acknowledged_before_it()
    {
        var early = await BackUpUnderLoad([]);
        var restored = FolderWithKeys("restored");
        await AssertRestores(restored, []);
        await AssertHolds(early, restored, []);
    }

    [PostgresFact]
    public async Task A_backup_of_PostgreSQL_under_load_restores_to_a_file_and_to_another_database()
    {
        await using var cluster = await PostgresCluster.Start();
        string[] store = ["--store", "postgres", "--postgres"];
        var early = await BackUpUnderLoad([.. store, cluster.To(await cluster.NewDatabase())]);
        var file = FolderWithKeys("file");
        await AssertRestores(file, []);
        await AssertHolds(early, file, []);

        var (database, keys) = (cluster.To(await cluster.NewDatabase()), FolderWithKeys("database"));
        await AssertRestores(keys, [.. store, database]);
        Assert.False(Directory.Exists(Path.Combine(keys, "restoring")));
        await AssertHolds(early, keys, [.. store, database]);
    }

    [Fact]
    public async Task What_cannot_be_backed_up_or_restored_is_refused_in_one_sentence_and_left_as_it_is()
    {
        await _folder.LoadClients();
        RefusalTests.AssertOneSentence(
            await Osst.Run("backup", Backup, "--data", Path.Combine(_folder.Path, "nothing")), "no database");
        var noKeys = Directory.CreateDirectory(Path.Combine(_folder.Path, "no-keys")).FullName;
        RefusalTests.AssertOneSentence(
            await Osst.Run("backup", Backup, "--data", _folder.Data, "--keys", noKeys), "master key");
        Assert.False(File.Exists(Backup)); // A copy without a line is none.
        Assert.Equal(0, (await Osst.Run("backup", Backup, "--data", _folder.Data)).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        var before = await File.ReadAllBytesAsync(Backup);
        RefusalTests.AssertOneSentence(
            await Osst.Run("backup", Backup, "--data", _folder.Data), "exists already");
        RefusalTests.AssertOneSentence(
            await Osst.Run("restore", Backup, "--data", _folder.Data), "holds a log already");
        RefusalTests.AssertOneSentence(
            await Osst.Run("restore", Backup, "--data", Path.Combine(_folder.Path, "no-key")),
            "A backup holds no key");
        var foreign = Path.Combine(_folder.Path, "foreign");
        Assert.Equal(0, (await Osst.Run("keys", "--data", foreign)).ExitCode);
        RefusalTests.AssertOneSentence(await Osst.Run("restore", Backup, "--data", foreign), "is not the one");
        Assert.False(File.Exists(Path.Combine(foreign, "osst.db")));
        Assert.Equal(before, await File.ReadAllBytesAsync(Backup));
    }

    [Fact]
    public async Task A_damaged_backup_is_refused_and_leaves_no_store_behind()
    {
        await _folder.LoadClients();
        Assert.Equal(0, (await Osst.Run("backup", Backup, "--data", _folder.Data)).ExitCode);
        await using (var file = new FileStream(Backup, FileMode.Open))
        {
            file.Position = file.Length / 2;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 6_000).ToArray());
        }
        var restored = FolderWithKeys("restored");
        RefusalTests.AssertOneSentence(await Osst.Run("restore", Backup, "--data", restored), "is damaged");
        Assert.False(File.Exists(Path.Combine(restored, "osst.db")));
    }

    /// <summary>Some callers are done before the backup begins, others never stop until the server is killed.</summary>
    private async Task<PersistentCaller[]> BackUpUnderLoad(string[] store)
    {
        await _folder.LoadClients(store);
        await using var server = await RunningServer.StartProcess(_folder, ["--quiet", .. store]);
        var client = server.As(Role.Coordinator);
        var early = Enumerable.Range(0, Callers).Select(number => new PersistentCaller(number)).ToArray();
        await WorkALittle(early, client);
        var late = Enumerable.Range(Callers, Callers).Select(number => new PersistentCaller(number)).ToArray();
        var answering = new TaskCompletionSource();
        var work = late.Select(caller => caller.WorkUntilCutOff(client, answering)).ToArray();
        await answering.Task.Patiently();
        var ended = await Osst.Run(["backup", Backup, "--data", _folder.Data, .. store]);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        await server.Kill();
        await Task.WhenAll(work);
        return early;
    }

    private static async Task WorkALittle(PersistentCaller[] callers, GraphQLClient client)
    {
        using var stop = new CancellationTokenSource();
        var work = callers.Select(caller => caller.WorkUntil(client, stop.Token)).ToArray();
        await Patience.Until(
            () => callers.All(caller => caller.Sent >= 25) || work.Any(task => task.IsFaulted), "25 commands of each");
        await stop.CancelAsync();
        await Task.WhenAll(work);
    }

    private async Task AssertRestores(string folder, string[] store) =>
        Osst.AssertAllEqual(await Osst.Run(["restore", Backup, "--data", folder, .. store]));

    private static async Task AssertHolds(PersistentCaller[] callers, string folder, string[] store)
    {
        await using var server = await RunningServer.Answering(
            new OsstHere([.. RunningServer.Verb(folder), "--quiet", .. store]), folder);
        var client = server.As(Role.Coordinator);
        await Task.WhenAll(callers.Select(caller => caller.AssertEachCommandHappenedOnce(client)));
        Assert.Equal(0, (await server.Process.Stop()).ExitCode);
    }

    private string FolderWithKeys(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, name)).FullName;
        foreach (var key in Directory.GetFiles(_folder.Data, "*.key"))
        {
            File.Copy(key, Path.Combine(folder, Path.GetFileName(key)));
        }
        return folder;
    }
}
