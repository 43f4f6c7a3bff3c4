using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Storage.Postgres;

/// <summary>What the lanes of a process found out about their server.</summary>
/// <param name="figures">Where operators see it.</param>
internal sealed class WriterHealth(StoreFigures figures)
{
    private volatile StoreFault? _broken;
    private volatile bool _isAway;
    private volatile bool _isRefusing;

    /// <summary>Why nothing is written any more; null while something is.</summary>
    public StoreFault? Broken => _broken;

    /// <summary>The server did not answer for as long as a write's patience.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => figures.WritesAreAway = _isAway = value;
    }

    /// <summary>The latest write found no room on the server's disk.</summary>
    public bool IsRefusing
    {
        get => _isRefusing;
        set => figures.IsRefusing = _isRefusing = value;
    }

    /// <summary>The latest write is durable.</summary>
    public void Wrote() => (IsAway, IsRefusing, figures.Trouble) = (false, false, null);

    /// <summary>Tells operators why the latest write could not be made.</summary>
    /// <returns>The same sentence.</returns>
    public string Say(string sentence) => figures.Trouble = sentence;

    /// <summary>From now on every write is answered with this.</summary>
    public StoreFault Break(string sentence)
    {
        (figures.IsBroken, figures.Trouble) = (true, sentence);
        return _broken = new StoreFault(sentence);
    }
}
