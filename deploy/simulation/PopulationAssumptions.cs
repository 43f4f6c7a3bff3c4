using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>
/// Every number behind the simulated population. Only what is marked <b>published</b> comes from a source; everything
/// else is an assumption, chosen so that a demonstration looks plausible, and says nothing about the real experiment.
/// What happens to clients (attainment, work, months on assistance) does not depend on the study arm, so that no
/// comparison of arms can look like a finding. See <c>docs/mechanisms/simulation.md</c>.
/// </summary>
public sealed record PopulationAssumptions
{
    /// <summary>The numbers used when none are given.</summary>
    public static PopulationAssumptions Default { get; } = new();

    /// <summary>
    /// Where clients live. Published for the six: inhabitants at the end of 2018 in thousands, rounded (Statistics
    /// Finland). Assumption: as many referrals per inhabitant everywhere, and 40 for each synthetic control.
    /// </summary>
    public IReadOnlyList<Share<string>> Municipalities { get; init; } =
    [
        new("211", 32), new("297", 119), new("320", 7.5), new("680", 24), new("837", 235), new("851", 22),
        new("994", 40), new("995", 40), new("996", 40), new("997", 40), new("998", 40), new("999", 40),
    ];

    /// <summary>Published: the OSST target group of Kuopio was over 25 years old (sosiaalivakuutus.fi, 29.5.2019).
    /// </summary>
    public string OnlyOver25Municipality { get; init; } = "297";

    /// <summary>
    /// Published: contents of Kela's notifications to municipalities, 51 % supplementary or preventive assistance,
    /// 20 % reduced basic part, 10 % long unemployed over 25, 9 % need for social work (THL Työpaperi 26/2019).
    /// Assumptions: the reductions split 16 to 4 between 20 % and 40 %, the rest 5, 2 and 3 as below.
    /// </summary>
    public IReadOnlyList<Share<ReferralReason>> Reasons { get; init; } =
    [
        new(ReferralReason.SupplementaryApplication, 51),
        new(ReferralReason.Reduction20, 16),
        new(ReferralReason.Reduction40, 4),
        new(ReferralReason.LongUnemployedOver25, 10),
        new(ReferralReason.Need, 9),
        new(ReferralReason.Under25FourMonths, 5),
        new(ReferralReason.Immigrant, 2),
        new(ReferralReason.Other, 3),
    ];

    /// <summary>
    /// Needs named in a need-based notification, codes of list 1282. Published: 35 % life management, 24 %
    /// subsistence, 19 % housing, 8 % health (THL Työpaperi 26/2019). Assumption: the rest, and the choice of codes.
    /// </summary>
    public IReadOnlyList<Share<string>> SupportNeeds { get; init; } =
        [new("1", 35), new("3", 24), new("2", 19), new("10", 8), new("4", 7), new("8", 4), new("9", 3)];

    /// <summary>Assumption: first and last age of a client, in years, by equally likely bands.</summary>
    public IReadOnlyList<Share<(int Youngest, int Oldest)>> Ages { get; init; } =
        [new((18, 24), 18), new((25, 39), 40), new((40, 63), 42)];

    /// <summary>Assumption: urgency of a referral, 1 the most urgent.</summary>
    public IReadOnlyList<Share<int>> Urgencies { get; init; } = [new(1, 3), new(2, 17), new(3, 80)];

    /// <summary>
    /// Assumption: share of Kela's referrals left without investigation. Published is only that not all were
    /// investigated (THL Työpaperi 26/2019).
    /// </summary>
    public double NotInvestigated { get; init; } = 0.08;

    /// <summary>From the referral to the first meeting.</summary>
    public ReachingAssumptions Reaching { get; init; } = new();

    /// <summary>From the assessment to the closing.</summary>
    public PlanningAssumptions Planning { get; init; } = new();

    /// <summary>Minutes, methods, and why clients decline.</summary>
    public DoseAssumptions Dose { get; init; } = new();

    /// <summary>Months on basic social assistance.</summary>
    public BenefitAssumptions Benefits { get; init; } = new();

    /// <summary>Published statistics of all residents.</summary>
    public PanelAssumptions Panel { get; init; } = new();

    /// <summary>Staff, drop-in centres and groups.</summary>
    public CentreAssumptions Centres { get; init; } = new();

    /// <summary>Answers to measures.</summary>
    public MeasureAssumptions Measures { get; init; } = new();
}

/// <summary>Shares that differ between OSST and control: how the work is done, never its outcome.</summary>
/// <param name="Osst">In municipalities of the OSST arm.</param>
/// <param name="Control">In control municipalities.</param>
public sealed record ByArm<T>(IReadOnlyList<Share<T>> Osst, IReadOnlyList<Share<T>> Control)
{
    internal IReadOnlyList<Share<T>> In(StudyArm arm) => arm is StudyArm.OsstAndEmployment ? Osst : Control;
}
