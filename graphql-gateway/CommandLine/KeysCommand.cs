using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst keys</c>: makes the keys of a cluster, once, before its first process starts. Where there are keys already
/// it only adds the certificate that an older version did not make.
/// </summary>
internal static class KeysCommand
{
    public static async Task<int> Run(string folder)
    {
        if (ClusterCertificate.IsIn(folder))
        {
            throw new StoreRefusal($"There are keys in {folder} already; they were left as they are.");
        }
        var path = Path.Combine(folder, MasterKey.FileName);
        var isNew = !File.Exists(path);
        MasterKey.Open(path, storeIsEmpty: true);
        TokenKey.Open(folder);
        ClusterCertificate.Create(folder);
        await Console.Out.WriteLineAsync(isNew
            ? $"Keys made in {folder}. Give every process of the cluster the same, and keep them apart from backups."
            : $"{ClusterCertificate.FileName} added to the keys in {folder}. Processes with it and without it do not "
                + "hear each other: stop all of the cluster, give it to each, and start them.");
        return 0;
    }

    /// <summary>A cluster with older keys goes on in clear, and its operators are warned of that.</summary>
    public static async Task WarnOfClear(StoreAddress address)
    {
        if (address.Postgres is not null && !ClusterCertificate.IsIn(address.KeyFolder))
        {
            await Console.Error.WriteLineAsync(
                $"Calls between processes are in clear: {address.KeyFolder} has no {ClusterCertificate.FileName}; "
                + "./osst keys makes it.");
        }
    }
}
