using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Work;
using OsstOrleans.Silo;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A municipality as an answer shows it.</summary>
internal sealed record MunicipalityView(string Code, MunicipalityState State);

/// <summary>Municipalities, from their own events in the feed: lists cost no grain call.</summary>
internal sealed class MunicipalityResolvers(Platform platform, CentreResolvers centres, MetricsResolvers metrics)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "municipality", call => ValueTask.FromResult(Find(call.Arguments.Get<string>("code"))))
        .Root("Query", "municipalities", call => ValueTask.FromResult(List(call)))
        .Object<MunicipalityView>("Municipality")
        .Plain<MunicipalityView, string>("Municipality", "name", m => m.State.Registered!.Name)
        .Plain<MunicipalityView, string?>("Municipality", "swedishName", m => m.State.Registered!.SwedishName)
        .Plain<MunicipalityView, DateOnly>("Municipality", "registeredOn", m => m.State.RegisteredOn!.Value)
        .Plain<MunicipalityView, IReadOnlyList<ArmPeriod>>("Municipality", "arms", m => m.State.Arms)
        .Plain<MunicipalityView, IReadOnlyList<Exposure>>("Municipality", "exposures", m => m.State.Exposures)
        .Plain<MunicipalityView, IReadOnlyList<CoveredMonths>>("Municipality", "coverage", m => m.State.Coverage)
        .Plain<MunicipalityView, IReadOnlyList<DataSource>>("Municipality", "dataSources", m => m.State.DataSources)
        .Plain<MunicipalityView, IReadOnlyList<PanelValue>>("Municipality", "panel", m => m.State.Panel)
        .Plain<MunicipalityView, IReadOnlyList<MethodDecision>>(
            "Municipality", "methodDecisions", m => m.State.MethodDecisions)
        .Object<MethodDecision>("MethodDecision")
        .Plain<MunicipalityView, string?>("Municipality", "responsibleWorkerId", m => m.State.ResponsibleWorkerId)
        .Plain<MunicipalityView, IReadOnlyList<SocialWorker>>(
            "Municipality", "socialWorkers", m => m.State.SocialWorkers)
        .Plain<MunicipalityView, IReadOnlyList<FundingBalance>>("Municipality", "funding", m => m.State.Funding)
        .Plain<MunicipalityView, int>("Municipality", "reviewIntervalDays", m => m.State.ReviewIntervalDays)
        .Plain<MunicipalityView, int>("Municipality", "firstContactTargetDays", m => m.State.FirstContactTargetDays)
        .Plain<MunicipalityView, int>("Municipality", "smallestGroup", m => m.State.SmallestGroup)
        .Plain<MunicipalityView, bool>(
            "Municipality", "saturdayIsWorkingDay", m => m.State.WorkingDays.SaturdayCounts)
        .Batch<MunicipalityView, IReadOnlyList<StaffMember>?>(
            "Municipality", "staff", (all, call) => ForCoordinators(all, call, m => m.Staff))
        .Batch<MunicipalityView, IReadOnlyList<Substitution>?>(
            "Municipality", "substitutions", (all, call) => ForCoordinators(all, call, m => m.Substitutions))
        .Object<StaffMember>("StaffMember").Object<Substitution>("Substitution")
        .Batch<MunicipalityView, StudyArm?>("Municipality", "arm", ArmsOn)
        .Batch<MunicipalityView, IReadOnlyList<CentreView>>("Municipality", "dropInCentres", Centres)
        .Batch<MunicipalityView, MetricsView>("Municipality", "metrics", metrics.OfEach)
        .Object<ArmPeriod>("ArmPeriod").Object<Exposure>("Exposure").Object<CoveredMonths>("CoveredMonths")
        .Object<PanelValue>("PanelValue").Object<DataSource>("DataSource")
        .Plain<DataSource, DataFromElsewhere>("DataSource", "data", s => s.Declared.Data)
        .Plain<DataSource, string>("DataSource", "giver", s => s.Declared.Giver)
        .Plain<DataSource, string?>("DataSource", "link", s => s.Declared.Link)
        .Plain<DataSource, string>("DataSource", "askedBy", s => s.Declared.AskedBy)
        .Plain<DataSource, string>("DataSource", "purpose", s => s.Declared.Purpose)
        .Plain<DataSource, string>("DataSource", "legalBasis", s => s.Declared.LegalBasis)
        .Object<SocialWorker>("SocialWorker").Object<FundingBalance>("FundingBalance");

    /// <summary>Null when it is not registered.</summary>
    public MunicipalityView? Find(string code) =>
        platform.Caseloads.MunicipalityOf(code) is { } state ? new MunicipalityView(code, state) : null;

    private IReadOnlyList<MunicipalityView> List(FieldCall call)
    {
        var arm = call.Arguments.GetOrDefault<StudyArm?>("arm");
        var on = DayOf(call, "on");
        return [.. platform.Caseloads.Codes.Select(Find).OfType<MunicipalityView>()
            .Where(m => arm is null || m.State.ArmOn(on) == arm)];
    }

    /// <summary>Who is who among the staff is the coordinators' matter; null for others.</summary>
    private static ValueTask<IReadOnlyList<IReadOnlyList<T>?>> ForCoordinators<T>(
        IReadOnlyList<MunicipalityView> municipalities, FieldCall call,
        Func<MunicipalityState, IReadOnlyList<T>> read) =>
        ValueTask.FromResult<IReadOnlyList<IReadOnlyList<T>?>>([.. municipalities.Select(m =>
            call.Caller() is { Role: Role.Coordinator } caller && caller.HoldsFor(m.Code) ? read(m.State) : null)]);

    private ValueTask<IReadOnlyList<StudyArm?>> ArmsOn(IReadOnlyList<MunicipalityView> municipalities, FieldCall call)
    {
        var on = DayOf(call, "on");
        return ValueTask.FromResult<IReadOnlyList<StudyArm?>>([.. municipalities.Select(m => m.State.ArmOn(on))]);
    }

    private async ValueTask<IReadOnlyList<IReadOnlyList<CentreView>>> Centres(
        IReadOnlyList<MunicipalityView> municipalities, FieldCall call)
    {
        var lists = new List<IReadOnlyList<CentreView>>(municipalities.Count);
        foreach (var municipality in municipalities)
        {
            lists.Add(await centres.FindAll(call, platform.KnownGrains.CentresIn(municipality.Code)));
        }
        return lists;
    }

    private DateOnly DayOf(FieldCall call, string argument) =>
        call.Arguments.GetOrDefault<DateOnly?>(argument) ?? platform.Services.Clock().Today;
}
