using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;

namespace OsstOrleans.Simulation;

/// <summary>
/// Minutes and methods of meetings and contacts, and why clients decline. All assumptions, the same in every arm but
/// for the methods: published is only that OSST met clients outside the office and did things together with them.
/// </summary>
public sealed record DoseAssumptions
{
    /// <summary>Share of meetings and contacts of which the worker recorded how long they took.</summary>
    public double MinutesRecorded { get; init; } = 0.9;

    /// <summary>Minutes of a meeting.</summary>
    public IReadOnlyList<Share<int>> MeetingMinutes { get; init; } =
        [new(30, 15), new(45, 30), new(60, 35), new(90, 15), new(120, 5)];

    /// <summary>Minutes of a contact that reached the client.</summary>
    public IReadOnlyList<Share<int>> ContactMinutes { get; init; } = [new(5, 35), new(10, 40), new(20, 20), new(45, 5)];

    /// <summary>Meetings between two reviews, with fading chances: how many at most.</summary>
    public int MostMeetingsBetween { get; init; } = 4;

    /// <summary>Probability that a contact that reached the client ends with the client declining to meet; the worker
    /// tries again.</summary>
    public double DeclinesMeeting { get; init; } = 0.04;

    /// <summary>Probability that a reason is recorded where a client declines.</summary>
    public double ReasonRecorded { get; init; } = 0.6;

    /// <summary>Why.</summary>
    public IReadOnlyList<Share<DeclineReason>> Reasons { get; init; } =
    [
        new(DeclineReason.NoNeed, 22), new(DeclineReason.HelpElsewhere, 12), new(DeclineReason.NoTime, 12),
        new(DeclineReason.Health, 16), new(DeclineReason.Distance, 6), new(DeclineReason.NoTrust, 12),
        new(DeclineReason.OfferUnsuitable, 8), new(DeclineReason.Other, 4), new(DeclineReason.NotGiven, 8),
    ];

    internal int? MinutesOf(Life life, IReadOnlyList<Share<int>> minutes) =>
        life.Draw.Chance(MinutesRecorded) ? life.Draw.Of(minutes) : null;

    /// <summary>One of the methods that the arm works with.</summary>
    internal static CodedValue MethodOf(Life life) =>
        new(CodeSystems.LocalMethods, life.Draw.Of(life.Assumed.Planning.Methods.In(life.Arm)));

    /// <summary>Null where it was not recorded.</summary>
    internal DeclineReason? ReasonOf(Life life) => life.Draw.Chance(ReasonRecorded) ? life.Draw.Of(Reasons) : null;
}
