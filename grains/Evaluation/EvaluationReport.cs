using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Grains.Evaluation;

/// <summary>An answer as it is handed on: with all that is needed to repeat and to read it.</summary>
/// <param name="Definition">What was asked.</param>
/// <param name="Position">Up to where the log was read.</param>
/// <param name="RecordedAt">When that place was recorded.</param>
/// <param name="Coverage">What of registers was complete then, by municipality.</param>
/// <param name="Result">The estimates.</param>
public sealed record EvaluationReport(
    EvaluationQuestion Definition, long Position, DateTimeOffset RecordedAt,
    IReadOnlyDictionary<string, IReadOnlyList<CoveredMonths>> Coverage, EvaluationResult Result)
{
    /// <summary>Raised when the same question gives other digits.</summary>
    public int Version { get; } = EvaluationQuestion.Version;

    /// <summary>The one primary outcome of the study.</summary>
    public string PrimaryOutcome { get; } = $"{FamilyEvaluation.Primary}";

    /// <summary>The secondary ones.</summary>
    public IReadOnlyList<string> SecondaryOutcomes { get; } =
        [.. FamilyEvaluation.Secondary.Select(it => $"{it}")];

    /// <summary>To whom it may be shown.</summary>
    public string Use { get; } = Definition.Subject is EvaluationSubject.Panel
        ? "Published statistics: it may be shown to everybody."
        : Result.IsExact
            ? "Exact figures of the registers' own clients, with small cells: for their own staff. Others ask the "
                + "platform themselves."
            : "From tables without small cells: it may be shown to everybody.";

    /// <summary>What each measure in it is.</summary>
    public IReadOnlyList<MeasureMeaning> Codebook { get; } =
    [
        .. Result.Groups.SelectMany(group => group.Estimates)
            .Concat(Result.Comparisons.SelectMany(comparison => comparison.Estimates))
            .Select(it => Evaluation.Codebook.Of(Definition.Subject, it.Measure)).OfType<MeasureMeaning>().Distinct(),
    ];
}
