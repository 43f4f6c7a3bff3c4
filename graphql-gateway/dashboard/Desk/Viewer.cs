namespace OsstOrleans.Dashboard.Desk;

/// <summary>Who looks at the dashboard, as the token of the session says.</summary>
/// <param name="Role">The role's name, as <c>coordinator</c>.</param>
/// <param name="Subject">The staff or system id.</param>
/// <param name="Municipalities">Codes of the municipalities that the role is held for; null for all.</param>
/// <param name="ReadsClients">True for roles that read clients of their municipalities.</param>
/// <param name="Purposes">For what the role may use client data; none for a role that reads none.</param>
/// <param name="Expires">When the token ends.</param>
/// <param name="Token">The caller in the program's own form, which the dashboard does not look into.</param>
public sealed record Viewer(
    string Role, string Subject, IReadOnlyList<string>? Municipalities, bool ReadsClients,
    IReadOnlyList<string> Purposes, DateTimeOffset Expires, object Token)
{
    /// <summary>Why the viewer uses client data; null until it was chosen.</summary>
    public string? Purpose { get; init; }

    /// <summary>The systems for which the viewer speaks, so that lines of their clients are taken.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>True for who may import files.</summary>
    public bool Imports => Coordinates || Role == "integration";

    public bool IsOperator => Role == "operator";

    /// <summary>True for who runs a municipality's model: all of its clients are that viewer's matter.</summary>
    public bool Coordinates => Role == "coordinator";

    /// <summary>
    /// The one register in which all these municipalities are: a municipality's own, or a county's; null for several.
    /// </summary>
    public string? Register { get; init; } = Municipalities is [var only] ? only : null;

    /// <summary>The register whose clients the viewer works with; null for all others.</summary>
    public string? OwnRegister => ReadsClients ? Register : null;

    /// <summary>True where that register is a wellbeing county's, with several municipalities.</summary>
    public bool IsOfCounty => OwnRegister is not null && Municipalities is not [_];

    /// <summary>The one municipality whose clients the viewer works with; null for all others.</summary>
    public string? OwnMunicipality => IsOfCounty ? null : OwnRegister;

    /// <summary>True for who sees to data protection in registers, and reads nothing else of a client.</summary>
    public bool SeesToDataProtection => Role == "data-protection";

    /// <summary>The register whose clients the viewer answers about the logs; null for all others.</summary>
    public string? LogRegister => Coordinates || SeesToDataProtection ? Register : null;

    /// <summary>
    /// Equal for viewers who see the same: what is about no person is rendered once for all of them. The purpose
    /// belongs to it because some figures need one, and a worker's lists count that worker's clients alone.
    /// </summary>
    public string Rights =>
        $"{Role}|{(Municipalities is null ? "*" : string.Join(',', Municipalities))}|{Purpose}"
        + (ReadsClients && !Coordinates ? $"|{Subject}" : "");
}
