using System.Globalization;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>
/// Where the figures of a file are from. It stands in columns on each row, so that rows which are copied elsewhere
/// still say it.
/// </summary>
/// <param name="Position">Up to which event of the log; null where the figures have no such end.</param>
/// <param name="AsOf">When that event was recorded.</param>
/// <param name="Scope">Whose figures: codes of municipalities, an arm, or <c>all</c>.</param>
/// <param name="IsWithheld">True where small groups are left out of something.</param>
/// <param name="MayBeSynthetic">
/// True in a development installation, whose clients may be simulated. Sums do not say of which clients they are.
/// </param>
public sealed record FileOrigin(
    long? Position, DateTimeOffset AsOf, string Scope, bool IsWithheld, bool MayBeSynthetic)
{
    /// <summary>The columns' names.</summary>
    public const string Names = "as_of_position,as_of,from,to,scope,withheld,synthetic";

    /// <summary>The first month, as 2018-01; null for no period.</summary>
    public string? From { get; init; }

    /// <summary>The last month, which counts; null for no period.</summary>
    public string? To { get; init; }

    /// <summary>What a file's name says of it.</summary>
    public string Suffix => string.Join('-', new[] { Scope.Replace(' ', '-'), From, To }.OfType<string>())
        .Replace('_', '-').ToUpperInvariant();

    /// <summary>The columns' cells.</summary>
    public IReadOnlyList<string> Cells =>
    [
        Position?.ToString(CultureInfo.InvariantCulture) ?? "",
        AsOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), From ?? "", To ?? "", Scope,
        IsWithheld ? "true" : "false", MayBeSynthetic ? "possible" : "unknown",
    ];
}
