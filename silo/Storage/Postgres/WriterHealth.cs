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

    /// <summary>The server refused a write that another server would have taken, and no trial was durable since.
    /// </summary>
    public bool IsRefusing
    {
        get => _isRefusing;
        private set => figures.IsRefusing = _isRefusing = value;
    }

    /// <summary>A write is durable: the server is there.</summary>
    /// <param name="isTrial">
    /// It asked for all that any write needs. That alone takes a refusal back: another write may need less.
    /// </param>
    public void Wrote(bool isTrial)
    {
        IsAway = false;
        if (isTrial || !IsRefusing)
        {
            (IsRefusing, figures.Trouble) = (false, null);
        }
    }

    /// <summary>The server refuses writes: no room on its disk, a right that is missing, a fault of its own.</summary>
    /// <returns>The same sentence.</returns>
    public string Refuses(string sentence)
    {
        IsRefusing = true;
        return Say(sentence);
    }

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
