namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>Outcomes.graphql</c>.</summary>
public sealed record OutcomesAnswer(
    OutcomeEvaluationsAnswer Evaluation, GoalsAnswer AvainOutcomes, ProgrammeAnswer? Programme,
    IReadOnlyList<NameAnswer> Municipalities);

public sealed record OutcomeEvaluationsAnswer(EvaluationAnswer Exit, EvaluationAnswer Change, EvaluationAnswer Avain);

/// <summary>The answer to <c>OutcomeYear.graphql</c>.</summary>
public sealed record OutcomeYearAnswer(ExitYearAnswer Evaluation);

public sealed record ExitYearAnswer(ExitGroupsAnswer Exit);

public sealed record ExitGroupsAnswer(IReadOnlyList<GroupLabelAnswer> Groups);

public sealed record GroupLabelAnswer(string Label);

/// <summary>How goals were assessed.</summary>
public sealed record GoalsAnswer(
    bool Withheld, int? Reviews, double? FilledWithClientShare, IReadOnlyList<GoalClassAnswer> ByGoalClass,
    IReadOnlyList<MethodAnswer> ByMethod);

public sealed record GoalClassAnswer(CodeAnswer GoalClass, AttainmentAnswer Attainment);

public sealed record MethodAnswer(CodeAnswer Method, AttainmentAnswer Attainment);

/// <summary>A code and its name; null when the list does not have it any more.</summary>
public sealed record CodeAnswer(string Code, string? Display)
{
    public string Name => Display ?? Code;
}

public sealed record AttainmentAnswer(int Attained, int Partly, int NotAttained, int NotAssessed, int Total)
{
    public int Assessed => Total - NotAssessed;

    /// <summary>Of the assessed ones; null when there are none.</summary>
    public double? Share => Assessed == 0 ? null : (double)Attained / Assessed;
}

/// <summary>The answer to a document that asks one evaluation, by the name <c>asked</c>.</summary>
public sealed record OneEvaluationAnswer(AskedAnswer Evaluation, IReadOnlyList<NameAnswer> Municipalities);

public sealed record AskedAnswer(EvaluationAnswer Asked);

/// <summary>The answer to <c>EventStudy.graphql</c>.</summary>
public sealed record EventStudyAnswer(EventEvaluationAnswer Evaluation);

public sealed record EventEvaluationAnswer(EvaluationAnswer EventStudy);
