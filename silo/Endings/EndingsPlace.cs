using System.Text;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Endings;

/// <summary>
/// Where the list of endings is: the one place that knows, for the server that has settings and for the verbs beside
/// it, which have none.
/// </summary>
public static class EndingsPlace
{
    /// <summary>Beside the keys: it has the path of a list that is not in the data folder.</summary>
    public const string FileName = "endings-file";

    /// <summary>The path of the list, as the last server of this installation was set.</summary>
    /// <exception cref="StoreRefusal">It cannot be read.</exception>
    public static string Of(StoreAddress address)
    {
        var said = Path.Combine(address.KeyFolder, FileName);
        try
        {
            return File.Exists(said) ? File.ReadAllText(said).TrimEnd('\n') : Usual(address);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"{said} cannot be read: it says where the list of endings is.");
        }
    }

    /// <summary>The path by a server's settings; verbs find the same one from now on.</summary>
    /// <param name="address">The installation.</param>
    /// <param name="setting">What the settings say; null for the data folder.</param>
    /// <exception cref="StoreRefusal">It cannot be written down.</exception>
    internal static string Settle(StoreAddress address, string? setting)
    {
        var path = setting ?? Usual(address);
        if (Of(address) == path)
        {
            return path;
        }
        var said = Path.Combine(address.KeyFolder, FileName);
        try
        {
            OwnersFile.Replace(said, Encoding.UTF8.GetBytes(path + "\n"));
            return path;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"{said} cannot be written: verbs must find the list of endings there.");
        }
    }

    private static string Usual(StoreAddress address) => Path.Combine(address.Folder, EndingsList.FileName);
}
