namespace OsstOrleans.Dashboard.Questions;

/// <summary>The answer to <c>MethodDecisions.graphql</c>.</summary>
public sealed record MethodDecisionsAnswer(
    IReadOnlyList<ProgrammeMethodsAnswer> Programmes, IReadOnlyList<MunicipalityMethodsAnswer> Municipalities)
{
    /// <summary>Nothing was decided.</summary>
    public static MethodDecisionsAnswer None { get; } = new([], []);
}

public sealed record ProgrammeMethodsAnswer(string Name, IReadOnlyList<MethodDecisionAnswer> MethodDecisions);

public sealed record MunicipalityMethodsAnswer(
    string Code, string Name, string? SwedishName, IReadOnlyList<MethodDecisionAnswer> MethodDecisions);

/// <summary>What holds for a method from a day on.</summary>
public sealed record MethodDecisionAnswer(CodeAnswer Method, string Choice, DateOnly From, string? Reference);
