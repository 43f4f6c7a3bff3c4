using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Municipality;

/// <summary>Records what the municipality decided on a method of work (menetelmäpäätös).</summary>
/// <param name="Method">A code of list 1293 or its local placeholder.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="From">The first day on which it holds.</param>
/// <param name="Reference">The decision's reference, on one line; nothing about a person.</param>
public sealed record DecideOnMethod(CodedValue Method, MethodChoice Choice, DateOnly From, string? Reference = null)
    : IMunicipalityCommand;

/// <summary>Takes a decision on a method back that was recorded in error.</summary>
/// <param name="Method">The method.</param>
/// <param name="From">The day from which the decision would hold.</param>
public sealed record WithdrawMethodDecision(CodedValue Method, DateOnly From) : IMunicipalityCommand;

/// <summary>The municipality decided on a method.</summary>
[StoredAs("municipality.method-decided", TellsOfNoPerson = true)]
public sealed record MethodDecided(CodedValue Method, MethodChoice Choice, DateOnly From, string? Reference)
    : IMunicipalityEvent;

/// <summary>That decision had been recorded in error.</summary>
[StoredAs("municipality.method-decision-withdrawn", TellsOfNoPerson = true)]
public sealed record MethodDecisionWithdrawn(CodedValue Method, DateOnly From) : IMunicipalityEvent;

internal static class MethodChoices
{
    public static Decision Decide(MunicipalityState municipality, DecideOnMethod command, Moment moment) =>
        MethodDecisions.Check(
            municipality.MethodDecisions, new(command.Method, command.Choice, command.From, command.Reference), moment)
        ?? Decision.Happened(new MethodDecided(command.Method, command.Choice, command.From, command.Reference));

    public static Decision Withdraw(MunicipalityState municipality, WithdrawMethodDecision command) =>
        MethodDecisions.CheckWithdrawal(municipality.MethodDecisions, command.Method, command.From)
        ?? Decision.Happened(new MethodDecisionWithdrawn(command.Method, command.From));

    public static MunicipalityState Evolve(MunicipalityState municipality, MethodDecided happened) =>
        municipality with
        {
            MethodDecisions = MethodDecisions.With(
                municipality.MethodDecisions,
                new(happened.Method, happened.Choice, happened.From, happened.Reference)),
        };

    public static MunicipalityState Evolve(MunicipalityState municipality, MethodDecisionWithdrawn happened) =>
        municipality with
        {
            MethodDecisions = MethodDecisions.Without(municipality.MethodDecisions, happened.Method, happened.From),
        };
}
