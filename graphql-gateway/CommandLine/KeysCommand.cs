using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary><c>osst keys</c>: makes the keys of a cluster, once, before its first process starts.</summary>
internal static class KeysCommand
{
    public static async Task<int> Run(string folder)
    {
        var path = Path.Combine(folder, MasterKey.FileName);
        if (File.Exists(path))
        {
            throw new StoreRefusal($"There is a master key {path} already; it was left as it is.");
        }
        MasterKey.Open(path, storeIsEmpty: true);
        TokenKey.Open(folder);
        await Console.Out.WriteLineAsync(
            $"Keys made in {folder}. Give every process of the cluster the same, and keep them apart from backups.");
        return 0;
    }
}
