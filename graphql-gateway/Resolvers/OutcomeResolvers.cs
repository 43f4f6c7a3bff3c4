using System.Globalization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Disclosure;
using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Of which municipalities figures are, and whether from exact sums.</summary>
internal readonly record struct OutcomeBasis(IReadOnlyList<string> Municipalities, bool IsExact);

internal sealed record FunnelView(
    AsOf AsOf, OutcomeBasis Basis, bool Withheld, FunnelRowView Total, IReadOnlyList<FunnelRowView> ByReason);

/// <param name="IsExact">True for own staff, who see what else became of the referrals.</param>
internal sealed record FunnelRowView(ReferralReason? Reason, ReferralFunnel Funnel, bool IsExact)
{
    public int? Of(ReferralMoment moment) => IsExact ? Funnel.Of(moment) : null;
}

internal sealed record FunnelStepView(
    ReferralStep Step, int Count, double? Share, double? MeanDays, int? MedianDaysAtMost);

internal sealed record AvainView(AsOf AsOf, OutcomeBasis Basis, DisclosedAvain Outcomes);

internal readonly record struct GoalClassAttainment(CodedValue GoalClass, AttainmentCounts Attainment);

internal readonly record struct MethodAttainment(CodedValue Method, AttainmentCounts Attainment);

internal readonly record struct ArmAttainment(StudyArm Arm, AttainmentCounts Attainment);

internal sealed record BenefitsView(
    AsOf AsOf, OutcomeBasis Basis, bool Withheld, int WindowMonths, IReadOnlyList<BenefitView> ByArm);

/// <param name="IsExact">True for own staff, who see means; what others may see are counts.</param>
internal sealed record BenefitView(StudyArm Arm, IndexCell Cell, bool IsExact)
{
    public BenefitOutcome? Months => IsExact ? Cell.Change : null;
}

/// <summary>Referral funnel, AVAIN outcomes and months on social assistance.</summary>
internal sealed class OutcomeResolvers(Platform platform, Figures figures)
{
    /// <summary>No referral of the experiment's time is older.</summary>
    private const int FirstYear = 2015;

    public ResolverMap AddTo(ResolverMap map)
    {
        AddFunnel(map);
        AddAvain(map);
        return AddBenefits(map);
    }

    private void AddFunnel(ResolverMap map) => map
        .Root("Query", "referralFunnel", call => Ask(call, (asOf, scope) => FunnelOf(call.Caller(), scope, asOf)))
        .Object<FunnelView>("ReferralFunnel")
        .Plain<FunnelView, IReadOnlyList<string>>("ReferralFunnel", "municipalities", v => v.Basis.Municipalities)
        .Plain<FunnelView, bool>("ReferralFunnel", "isExact", v => v.Basis.IsExact)
        .Object<FunnelRowView>("FunnelRow").Object<FunnelStepView>("FunnelStep")
        .Plain<FunnelRowView, IReadOnlyList<FunnelStepView>>("FunnelRow", "steps", row => StepsOf(row.Funnel))
        .Plain<FunnelRowView, int>("FunnelRow", "attended", row => row.Funnel.Attended)
        .Plain<FunnelRowView, int>("FunnelRow", "missed", row => row.Funnel.Missed)
        .Plain<FunnelRowView, int>("FunnelRow", "cancelled", row => row.Funnel.Cancelled)
        .Plain<FunnelRowView, double?>("FunnelRow", "attendanceRate", row => row.Funnel.AttendanceRate)
        .Plain<FunnelRowView, int?>("FunnelRow", "registered", row => row.Of(ReferralMoment.Registered))
        .Plain<FunnelRowView, int?>("FunnelRow", "reached", row => row.Of(ReferralMoment.Reached))
        .Plain<FunnelRowView, int?>("FunnelRow", "unreached", row => row.Of(ReferralMoment.Unreached))
        .Plain<FunnelRowView, int?>("FunnelRow", "booked", row => row.Of(ReferralMoment.Booked))
        .Plain<FunnelRowView, int?>("FunnelRow", "notInvestigated", row => row.Of(ReferralMoment.NotInvestigated));

    private void AddAvain(ResolverMap map) => map
        .Root("Query", "avainOutcomes",
            call => Ask(call, (asOf, scope) => new AvainView(
                asOf, BasisOf(call.Caller(), scope), figures.Avain(call.Caller(), scope))))
        .Object<AvainView>("AvainOutcomes")
        .Plain<AvainView, IReadOnlyList<string>>("AvainOutcomes", "municipalities", v => v.Basis.Municipalities)
        .Plain<AvainView, bool>("AvainOutcomes", "isExact", v => v.Basis.IsExact)
        .Plain<AvainView, bool>("AvainOutcomes", "withheld", v => v.Outcomes.Withheld)
        .Plain<AvainView, int?>("AvainOutcomes", "reviews", v => v.Outcomes.Reviews)
        .Plain<AvainView, double?>("AvainOutcomes", "filledWithClientShare",
            v => v.Outcomes.Reviews is > 0 and var reviews ? (double)v.Outcomes.FilledWithClient! / reviews : null)
        .Plain<AvainView, IReadOnlyList<GoalClassAttainment>>("AvainOutcomes", "byGoalClass",
            v => [.. v.Outcomes.ByGoalClass.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal)
                .Select(e => new GoalClassAttainment(e.Key, e.Value))])
        .Plain<AvainView, IReadOnlyList<MethodAttainment>>("AvainOutcomes", "byMethod",
            v => [.. v.Outcomes.ByMethod.OrderBy(e => e.Key.ToString(), StringComparer.Ordinal)
                .Select(e => new MethodAttainment(e.Key, e.Value))])
        .Plain<AvainView, IReadOnlyList<ArmAttainment>>("AvainOutcomes", "byArm",
            v => [.. v.Outcomes.ByArm.OrderBy(e => e.Key).Select(e => new ArmAttainment(e.Key, e.Value))])
        .Object<GoalClassAttainment>("GoalClassAttainment").Object<MethodAttainment>("MethodAttainment")
        .Object<ArmAttainment>("ArmAttainment").Object<AttainmentCounts>("AttainmentCounts")
        .Plain<AttainmentCounts, int>("AttainmentCounts", "attained", c => c.Of(Attainment.Attained))
        .Plain<AttainmentCounts, int>("AttainmentCounts", "partly", c => c.Of(Attainment.Partly))
        .Plain<AttainmentCounts, int>("AttainmentCounts", "notAttained", c => c.Of(Attainment.NotAttained))
        .Plain<AttainmentCounts, int>("AttainmentCounts", "notAssessed", c => c.Of(Attainment.NotAssessed));

    private ResolverMap AddBenefits(ResolverMap map) => map
        .Root("Query", "benefitOutcomes", call => Ask(call, (asOf, scope) => BenefitsOf(call.Caller(), scope, asOf)))
        .Object<BenefitsView>("BenefitOutcomes").Object<BenefitView>("BenefitOutcome")
        .Plain<BenefitsView, IReadOnlyList<string>>("BenefitOutcomes", "municipalities", v => v.Basis.Municipalities)
        .Plain<BenefitsView, bool>("BenefitOutcomes", "isExact", v => v.Basis.IsExact)
        .Plain<BenefitView, int>("BenefitOutcome", "clients", b => b.Cell.Change.Clients)
        .Plain<BenefitView, int>("BenefitOutcome", "fewerMonths", b => b.Cell.Fewer)
        .Plain<BenefitView, int>("BenefitOutcome", "moreMonths", b => b.Cell.More)
        .Plain<BenefitView, double?>("BenefitOutcome", "meanBefore", b => b.Months?.MeanBefore)
        .Plain<BenefitView, double?>("BenefitOutcome", "meanAfter", b => b.Months?.MeanAfter)
        .Plain<BenefitView, double?>("BenefitOutcome", "meanChange", b => b.Months?.MeanChange)
        .Plain<BenefitView, double?>("BenefitOutcome", "changeDeviation", b => b.Months?.ChangeDeviation);

    private OutcomeBasis BasisOf(Caller caller, OutcomeScope scope) => new(
        [
            .. (scope.Municipalities ?? platform.Caseloads.Codes)
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ],
        Figures.IsExact(caller, scope));

    private async ValueTask<TAnswer> Ask<TAnswer>(FieldCall call, Func<AsOf, OutcomeScope, TAnswer> answer)
    {
        var asOf = await CaseloadResolvers.Seen(platform, call);
        var thisYear = platform.Services.Clock().Today.Year;
        var period = new OutcomePeriod(
            MonthOf(call, "from") ?? (FirstYear * 12), MonthOf(call, "to") ?? ((thisYear * 12) + 11),
            call.Arguments.GetOrDefault<StudyArm?>("arm"));
        if (period.ToMonth < period.FromMonth)
        {
            throw CaseloadResolvers.BadInput("to", "The last month is before the first.");
        }
        var scope = new OutcomeScope(
            call.MunicipalitiesAsked(platform), period,
            call.Arguments.GetOrDefault<ReferralSource?>("source"));
        try
        {
            var told = answer(asOf, scope);
            if (Figures.IsExact(call.Caller(), scope))
            {
                await OwnFigures.Counted(platform, call.Caller(), scope.Municipalities, OwnFigures.Outcomes);
            }
            return told;
        }
        catch (DisclosureRefused refused)
        {
            throw new FieldFault(ErrorCodes.SmallCellRule, refused.Message);
        }
    }

    private FunnelView FunnelOf(Caller caller, OutcomeScope scope, AsOf asOf)
    {
        var (byReason, withheld) = figures.Funnel(caller, scope);
        var isExact = Figures.IsExact(caller, scope);
        var total = new ReferralFunnel();
        foreach (var row in byReason.Values)
        {
            total.Merge(row);
        }
        // Meetings of clients without a referral have no reason; they count in the total only.
        var rows = byReason.Where(e => e.Key != 0).OrderBy(e => e.Key);
        return new FunnelView(
            asOf, BasisOf(caller, scope), withheld, new FunnelRowView(null, total, isExact),
            [.. rows.Select(e => new FunnelRowView(e.Key, e.Value, isExact))]);
    }

    private BenefitsView BenefitsOf(Caller caller, OutcomeScope scope, AsOf asOf)
    {
        var (byArm, withheld) = figures.Benefits(caller, scope);
        var basis = BasisOf(caller, scope);
        return new BenefitsView(asOf, basis, withheld, BenefitOutcome.WindowMonths,
            [.. byArm.OrderBy(e => e.Key).Select(e => new BenefitView(e.Key, e.Value, basis.IsExact))]);
    }

    private static IReadOnlyList<FunnelStepView> StepsOf(ReferralFunnel funnel)
    {
        var received = funnel.Reached(ReferralStep.Received);
        return [.. Enum.GetValues<ReferralStep>().Select(step =>
        {
            var days = step == ReferralStep.Received ? null : funnel.DaysTo(step);
            var count = funnel.Reached(step);
            return new FunnelStepView(
                step, count, received == 0 ? null : (double)count / received, days?.Mean, days?.MedianAtMost);
        })];
    }

    private static int? MonthOf(FieldCall call, string argument) =>
        call.Arguments.GetOrDefault<string>(argument) is { } month ? MonthSet.NumberOf(month) : null;
}
