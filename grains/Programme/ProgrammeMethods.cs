using OsstOrleans.Grains.Work;

namespace OsstOrleans.Grains.Programme;

/// <summary>Records what the programme decided on a method of work, for all its municipalities.</summary>
/// <param name="Method">A code of list 1293 or its local placeholder.</param>
/// <param name="Choice">What was decided.</param>
/// <param name="From">The first day on which it holds.</param>
/// <param name="Reference">The decision's reference, on one line.</param>
public sealed record DecideOnProgrammeMethod(
    CodedValue Method, MethodChoice Choice, DateOnly From, string? Reference = null) : IProgrammeCommand;

/// <summary>Takes a decision of the programme on a method back that was recorded in error.</summary>
/// <param name="Method">The method.</param>
/// <param name="From">The day from which the decision would hold.</param>
public sealed record WithdrawProgrammeMethodDecision(CodedValue Method, DateOnly From) : IProgrammeCommand;

/// <summary>The programme decided on a method.</summary>
[StoredAs("programme.method-decided", TellsOfNoPerson = true)]
public sealed record ProgrammeMethodDecided(CodedValue Method, MethodChoice Choice, DateOnly From, string? Reference)
    : IProgrammeEvent;

/// <summary>That decision had been recorded in error.</summary>
[StoredAs("programme.method-decision-withdrawn", TellsOfNoPerson = true)]
public sealed record ProgrammeMethodDecisionWithdrawn(CodedValue Method, DateOnly From) : IProgrammeEvent;

internal static class ProgrammeMethods
{
    public static Decision Decide(ProgrammeState programme, DecideOnProgrammeMethod command, Moment moment) =>
        MethodDecisions.Check(
            programme.MethodDecisions, new(command.Method, command.Choice, command.From, command.Reference), moment)
        ?? Decision.Happened(
            new ProgrammeMethodDecided(command.Method, command.Choice, command.From, command.Reference));

    public static Decision Withdraw(ProgrammeState programme, WithdrawProgrammeMethodDecision command) =>
        MethodDecisions.CheckWithdrawal(programme.MethodDecisions, command.Method, command.From)
        ?? Decision.Happened(new ProgrammeMethodDecisionWithdrawn(command.Method, command.From));

    public static ProgrammeState Evolve(ProgrammeState programme, ProgrammeMethodDecided happened) => programme with
    {
        MethodDecisions = MethodDecisions.With(
            programme.MethodDecisions, new(happened.Method, happened.Choice, happened.From, happened.Reference)),
    };

    public static ProgrammeState Evolve(ProgrammeState programme, ProgrammeMethodDecisionWithdrawn happened) =>
        programme with
        {
            MethodDecisions = MethodDecisions.Without(programme.MethodDecisions, happened.Method, happened.From),
        };
}
