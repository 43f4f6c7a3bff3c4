using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Grains.Work;

/// <summary>
/// What was decided on a method of work. From 2019 on what proved most effective was to be emphasised, and the less
/// effective dropped (press release 202/2018).
/// </summary>
public enum MethodChoice
{
    /// <summary>It is taken into use.</summary>
    Adopt = 1,

    /// <summary>It is used more than the others.</summary>
    Emphasise = 2,

    /// <summary>It is used no more.</summary>
    Drop = 3,
}

/// <summary>What holds for a method from a day on.</summary>
/// <param name="Method">A code of list 1293 or its local placeholder: the same list as in plans.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="From">The first day on which it holds.</param>
/// <param name="Reference">The decision's reference, such as a record number; null where none is known.</param>
public sealed record MethodDecision(CodedValue Method, MethodChoice Choice, DateOnly From, string? Reference);

/// <summary>What municipalities and programmes share in deciding on methods: one decision on a method for a day.
/// </summary>
internal static class MethodDecisions
{
    /// <summary>Null when it may be recorded; a decision of nothing when it is known already.</summary>
    public static Decision? Check(IReadOnlyList<MethodDecision> known, MethodDecision decided, Moment moment)
    {
        var refused = Require.Code(decided.Method, CodedFields.Method, moment, "method")
            ?? Require.Member(decided.Choice, "choice")
            ?? Require.Planned(decided.From, moment, "from")
            ?? Require.OneLine(decided.Reference, "reference");
        if (refused is not null)
        {
            return refused;
        }
        if (known.Contains(decided))
        {
            return Decision.Nothing;
        }
        if (Find(known, decided.Method, decided.From) is not null)
        {
            return Refuse.Step(
                RejectionCodes.MethodDecided, "from",
                "Something else was decided on this method for this day; withdraw it first.");
        }
        return known.Count < Limits.MethodDecisions
            ? (Decision?)null
            : Refuse.Limit("method", Limits.MethodDecisions);
    }

    /// <summary>Null when the decision on this method for this day can be taken back.</summary>
    public static Decision? CheckWithdrawal(IReadOnlyList<MethodDecision> known, CodedValue method, DateOnly from) =>
        Find(known, method, from) is not null
            ? (Decision?)null
            : Refuse.Step(
                RejectionCodes.MethodDecisionUnknown, "from", "Nothing was decided on this method for this day.");

    /// <summary>With one more, by rising day.</summary>
    public static IReadOnlyList<MethodDecision> With(IReadOnlyList<MethodDecision> known, MethodDecision decided) =>
        [.. known.Append(decided).OrderBy(it => it.From).ThenBy(it => it.Method.ToString(), StringComparer.Ordinal)];

    /// <summary>Without the one on this method for this day.</summary>
    public static IReadOnlyList<MethodDecision> Without(
        IReadOnlyList<MethodDecision> known, CodedValue method, DateOnly from) =>
        [.. known.Where(it => it.Method != method || it.From != from)];

    private static MethodDecision? Find(IReadOnlyList<MethodDecision> known, CodedValue method, DateOnly from) =>
        known.FirstOrDefault(it => it.Method == method && it.From == from);
}
