namespace OsstOrleans.Benchmarks.Kills;

/// <summary>An event that an acknowledged command left.</summary>
internal sealed record Left(string Type, long Version, long Position);

/// <summary>A client of one caller, and what must be found of it in the end.</summary>
internal sealed class KillPerson(string id)
{
    public string Id => id;

    /// <summary>What acknowledged commands left, in their order.</summary>
    public List<Left> Events { get; } = [];

    /// <summary>Months that an import was acknowledged for.</summary>
    public HashSet<string> Months { get; } = [];

    /// <summary>Centres whose visits are kept by the present consent.</summary>
    public HashSet<string> Visits { get; } = [];

    public bool Consents { get; set; }

    public bool HasWorker { get; set; }

    public bool IsErased { get; set; }

    /// <summary>The client that this one is being merged into, or was.</summary>
    public KillPerson? Survivor { get; set; }

    /// <summary>Whether nothing more is sent about it.</summary>
    public bool IsOver => IsErased || Survivor is not null;

    /// <summary>Reads that were answered.</summary>
    public int Reads { get; set; }
}
