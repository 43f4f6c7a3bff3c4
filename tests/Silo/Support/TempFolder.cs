namespace OsstOrleans.Silo.Tests;

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("osst-silo-").FullName;

    public string Database => System.IO.Path.Combine(Path, Silo.Storage.Sqlite.SqliteStore.FileName);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
