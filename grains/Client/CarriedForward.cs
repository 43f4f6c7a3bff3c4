using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Client;

/// <summary>
/// Goals that go on from the current plan into the next one, with scale, description and factors, as the national form
/// copies them.
/// </summary>
public static class CarriedForward
{
    /// <summary>
    /// The current plan's goals as the next plan would take them over: the factors are those of the latest review that
    /// named any, else those of the plan.
    /// </summary>
    public static IReadOnlyList<Goal> GoalsOf(ClientState client) => client.CurrentPlan is not { } plan ? []
        : [.. plan.Made.Goals.Select(goal => LatestFactors(plan, goal.Code) is { Count: > 0 } factors
            ? goal with { Factors = factors }
            : goal)];

    /// <summary>The goals of a new plan: those carried forward first, then those set anew.</summary>
    internal static IReadOnlyList<Goal> Together(ClientState client, MakePlan command) =>
    [
        .. command.CarriedForward.Select(code => GoalsOf(client).First(goal => goal.Code == code)),
        .. command.Goals,
    ];

    internal static Rejection? Check(ClientState client, MakePlan command, Moment moment) =>
        Require.Each(
            command.CarriedForward,
            "carriedForward",
            (code, at) => client.CurrentPlan?.Made.Goals.Any(goal => goal.Code == code) is true
                ? Require.Code(code, Codes.CodedFields.Goal, moment, at)
                : Refuse.Step(GoalNotInPlan, at, "The current plan has no such goal."))
        ?? Require.Distinct(command.CarriedForward, code => code, "carriedForward")
        ?? (command.Goals.Any(goal => command.CarriedForward.Contains(goal.Code))
            ? Refuse.Field(DuplicateEntry, "carriedForward", "A goal is carried forward or set anew, not both.")
            : null)
        ?? (command.Goals.Count + command.CarriedForward.Count > Limits.ListLength
            ? Refuse.Field(ListTooLong, "goals", $"A list has at most {Limits.ListLength} entries.")
            : null);

    private static IReadOnlyList<GoalFactor>? LatestFactors(Plan plan, CodedValue goal) => plan.Reviews
        .Select(review => review.Reviewed.Attainments.FirstOrDefault(attained => attained.Goal == goal)?.Factors)
        .LastOrDefault(factors => factors is { Count: > 0 });
}
