using System.Security.Cryptography;
using OsstOrleans.Silo.Storage.Sqlite;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>A temporary folder with a data folder inside; gone when disposed.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>What one simulation, which takes seconds, leaves in its folder: tests begin on copies.</summary>
    private static readonly Lazy<Task<IReadOnlyList<DataFile>>> Clients = new(SimulatedClients);

    public string Path { get; } = Directory.CreateTempSubdirectory("osst-e2e-").FullName;

    /// <summary>The data folder; the program makes it.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    public string Database => System.IO.Path.Combine(Data, SqliteStore.FileName);

    /// <summary>A data folder with a few synthetic clients, closed.</summary>
    /// <param name="store">The options that name another store; none for the folder's own file.</param>
    public static async Task<TestFolder> WithClients(params string[] store)
    {
        var folder = new TestFolder();
        await folder.LoadClients(store);
        return folder;
    }

    /// <inheritdoc cref="WithClients"/>
    public Task LoadClients(params string[] store) => store is [] ? CopyClients() : Simulate(store);

    /// <summary>The content of each file of the data folder, as a hash by its name.</summary>
    public IReadOnlyDictionary<string, string> Content() => !Directory.Exists(Data)
        ? new Dictionary<string, string>()
        : Directory.EnumerateFiles(Data).ToDictionary(
            file => System.IO.Path.GetFileName(file),
            file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    /// <summary>No file is missing and none has other content. A key or an index file may have come.</summary>
    public void AssertUntouchedSince(IReadOnlyDictionary<string, string> before)
    {
        var now = Content();
        Assert.All(before, file => Assert.Equal(file.Value, now.GetValueOrDefault(file.Key)));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static async Task<IReadOnlyList<DataFile>> SimulatedClients()
    {
        using var folder = new TestFolder();
        await folder.Simulate();
        return [.. Directory.EnumerateFiles(folder.Data).Select(file => new DataFile(
            System.IO.Path.GetFileName(file), File.GetUnixFileMode(file), File.ReadAllBytes(file)))];
    }

    private async Task CopyClients()
    {
        Directory.CreateDirectory(Data);
        foreach (var file in await Clients.Value)
        {
            var path = System.IO.Path.Combine(Data, file.Name);
            await File.WriteAllBytesAsync(path, file.Content);
            File.SetUnixFileMode(path, file.Mode);
        }
    }

    private async Task Simulate(params string[] store)
    {
        var ended = await Osst.Run(["simulate", "--clients", "3", "--data", Data, .. store]);
        Assert.True(ended.ExitCode == 0, ended.Errors);
    }

    private sealed record DataFile(string Name, UnixFileMode Mode, byte[] Content);
}
