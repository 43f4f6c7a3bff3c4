using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.Import;

/// <summary>What <c>osst import</c> was asked for.</summary>
/// <param name="Kind">What the file holds.</param>
/// <param name="File">Where it is.</param>
/// <param name="Store">The log to import into, when no server holds it. Its folder keeps the import's state.</param>
/// <param name="Source">The system whose identifiers the file uses.</param>
internal sealed record ImportRequest(ImportKind Kind, string File, StoreAddress Store, string Source)
{
    /// <summary>Decides everything and stores nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>The day of the lines that give none; null for today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>A running server to send the lines to; null for the data folder.</summary>
    public Uri? Url { get; init; }

    /// <summary>The bearer token for that server.</summary>
    public ImportToken? Token { get; init; }

    /// <summary>The months that are complete with this file; null for no claim.</summary>
    public (string From, string Through)? Covers { get; init; }

    /// <summary>Whose months are complete; all registered municipalities when empty.</summary>
    public IReadOnlyList<string> Municipalities { get; init; } = [];

    /// <exception cref="StoreRefusal">The parts do not go together.</exception>
    public ImportRequest Checked() => this switch
    {
        { Url: not null, DryRun: true } => throw new StoreRefusal(
            "A dry run of a whole file needs the data folder; leave out --url or --dry-run."),
        { Covers: not null, Kind: not ImportKind.BenefitMonths } => throw new StoreRefusal(
            "--covers goes with benefit-months."),
        { Covers: null, Municipalities.Count: > 0 } => throw new StoreRefusal("--municipality goes with --covers."),
        { Covers: not null, Url: not null } => throw new StoreRefusal(
            "A running server is told of coverage by the mutation recordRegisterCoverage; leave out --covers."),
        { Url: not null, Token: null } => throw new StoreRefusal(
            "--url needs --token-file, --token, or a token in OSST_TOKEN."),
        _ => this,
    };
}
