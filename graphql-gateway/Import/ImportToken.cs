using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Import;

/// <summary>
/// Who an import is to a server: a bearer token, as it was given or as a file has it. Others renew such a file while
/// the import goes on, so it is read anew when the server refuses what was read of it.
/// </summary>
internal sealed class ImportToken
{
    private readonly Lock _gate = new();
    private readonly string? _file;
    private string _now;

    private ImportToken(string now, string? file) => (_now, _file) = (now, file);

    /// <summary>The token to send by now.</summary>
    public string Now
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <summary>A token that stays as it is.</summary>
    public static ImportToken Of(string token) => new(token, file: null);

    /// <summary>The token that a file holds.</summary>
    /// <exception cref="StoreRefusal">It cannot be read.</exception>
    public static ImportToken InFile(string path) => new(Read(path), path);

    /// <summary>True when there is another token by now than one that was refused.</summary>
    /// <exception cref="StoreRefusal">The file cannot be read.</exception>
    public bool WasRenewedSince(string refused)
    {
        lock (_gate)
        {
            if (_now == refused && _file is not null)
            {
                _now = Read(_file);
            }
            return _now != refused;
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StoreRefusal($"The token file {path} cannot be read.");
        }
    }
}
