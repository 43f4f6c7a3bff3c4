using OsstOrleans.Grains;
using OsstOrleans.Grains.Disclosure;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A drop-in centre as an answer shows it.</summary>
internal sealed record CentreView(string Id, DropInCentreState State);

/// <summary>One day of a centre.</summary>
internal sealed record CentreDayView(
    DateOnly Day, int? Visits, int PeerExperts, int Volunteers, int Sessions, IReadOnlyList<AgeBandVisits> AgeBands);

/// <summary>A group; how many took part in it is for the municipality's own staff.</summary>
internal sealed record CentreGroupView(Group Group, bool Exact)
{
    public string GroupId => Group.GroupId;

    public string Name => Group.Name;

    public DateOnly StartedOn => Group.StartedOn;

    public DateOnly? EndedOn => Group.EndedOn;

    public int Sessions => Group.Sessions;

    public long? Participants => Exact ? Group.Participants : null;
}

/// <summary>Drop-in centres and their figures; other than own staff see no small count of visits.</summary>
internal sealed class CentreResolvers(Platform platform, GlobalIds ids)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "dropInCentre", call => Find(
            call, ids.KeyOf(GrainKind.DropInCentre, call.Arguments.Get<string>("id"))))
        .Root("Query", "dropInMetrics", Metrics)
        .Object<CentreView>("DropInCentre")
        .Plain<CentreView, string>("DropInCentre", "municipality", c => c.State.Registered!.Municipality)
        .Plain<CentreView, string>("DropInCentre", "name", c => c.State.Registered!.Name)
        .Plain<CentreView, string?>("DropInCentre", "place", c => c.State.Registered!.Place)
        .Plain<CentreView, DateOnly>("DropInCentre", "registeredOn", c => c.State.RegisteredOn!.Value)
        .Plain<CentreView, IReadOnlyList<Weekday>>("DropInCentre", "openingDays", c => c.State.OpeningDays)
        .Plain<CentreView, IReadOnlyList<DateOnly>>("DropInCentre", "closedDays", c => c.State.ClosedDays)
        .Batch<CentreView, IReadOnlyList<CentreGroupView>>("DropInCentre", "groups", Groups)
        .Plain<CentreView, IReadOnlyList<DateOnly>>("DropInCentre", "openDays",
            c => [.. c.State.Exceptions.Where(day => day.Value.Open).Select(day => day.Key)])
        .Batch<CentreView, IReadOnlyList<CalendarDay>>("DropInCentre", "calendar", Calendars)
        .Batch<CentreView, IReadOnlyList<CentreYear>>("DropInCentre", "years", Years)
        .Batch<CentreView, IReadOnlyList<CentreMeasure>>("DropInCentre", "measures", Measures)
        .Object<CalendarDay>("CalendarDay").Object<CentreYear>("CentreYear").Object<CentreMeasure>("CentreMeasure")
        .Batch<CentreView, IReadOnlyList<CentreDayView>>("DropInCentre", "days", Days)
        .Batch<CentreView, DropInFigures>("DropInCentre", "metrics", MetricsOfEach)
        .Object<CentreDayView>("CentreDay").Object<AgeBandVisits>("AgeBandVisits").Object<CentreGroupView>("Group")
        .Object<DropInFigures>("DropInMetrics").Object<WeekVisits>("WeekVisits");

    /// <summary>Reads several centres at once.</summary>
    public async ValueTask<IReadOnlyList<CentreView>> FindAll(FieldCall call, IReadOnlyList<string> ids)
    {
        var (grains, read) = (platform.Grains.Until(call.Cancelled), new ReadRequest(call.Caller()));
        var replies = await Task.WhenAll(
            ids.Select(id => grains.Read<DropInCentreState>(GrainName.DropInCentre(id), read).AsTask()));
        return [.. ids.Zip(replies).Where(pair => pair.Second.Result == ReadResult.Found)
            .Select(pair => new CentreView(pair.First, pair.Second.State!))];
    }

    /// <summary>Null when there is none.</summary>
    public async ValueTask<CentreView?> Find(FieldCall call, string id) =>
        GrainName.IsValidKey(id) ? (await FindAll(call, [id])).SingleOrDefault() : null;

    private async ValueTask<DropInFigures> Metrics(FieldCall call)
    {
        var keys = call.Arguments.GetOrDefault<string>("centre") is { } one
            ? [ids.KeyOf(GrainKind.DropInCentre, one)]
            : (call.MunicipalitiesAsked(platform) ?? platform.Caseloads.Codes)
                .SelectMany(platform.KnownGrains.CentresIn).Distinct().ToArray();
        var (from, to) = PeriodOf(call);
        var centres = await FindAll(call, [.. keys.Where(GrainName.IsValidKey)]);
        return DropInFigures.Sum([.. centres.Select(c => FiguresOf(c, call, from, to))]);
    }

    private DropInFigures FiguresOf(CentreView centre, FieldCall call, DateOnly from, DateOnly to) =>
        IsExact(call, centre)
            ? DropInFigures.Of(centre.State, from, to)
            : Told(centre).DisclosedFigures(from, to);

    /// <summary>A centre as all but its municipality's own staff see it.</summary>
    private DropInCentreState Told(CentreView centre) =>
        centre.State.Told(GrainServices.DayOf(platform.Caseloads.Clock.Now.RecordedAt));

    private ValueTask<IReadOnlyList<DropInFigures>> MetricsOfEach(
        IReadOnlyList<CentreView> centres, FieldCall call)
    {
        var (from, to) = PeriodOf(call);
        return ValueTask.FromResult<IReadOnlyList<DropInFigures>>(
            [.. centres.Select(c => FiguresOf(c, call, from, to))]);
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<CentreDayView>>> Days(
        IReadOnlyList<CentreView> centres, FieldCall call)
    {
        var (from, to) = PeriodOf(call);
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<CentreDayView>>>(
            [.. centres.Select(c => IsExact(call, c)
                ? DaysOf(c.State, from, to, exact: true)
                : DaysOf(Told(c), from, to, exact: false))]);
    }

    private static ValueTask<IReadOnlyList<IReadOnlyList<CentreGroupView>>> Groups(
        IReadOnlyList<CentreView> centres, FieldCall call) =>
        ValueTask.FromResult<IReadOnlyList<IReadOnlyList<CentreGroupView>>>([.. centres.Select(c =>
            c.State.Groups.Select(group => new CentreGroupView(group, IsExact(call, c))).ToArray())]);

    private static ValueTask<IReadOnlyList<IReadOnlyList<CalendarDay>>> Calendars(
        IReadOnlyList<CentreView> centres, FieldCall call)
    {
        var (from, to) = (call.Arguments.Get<DateOnly>("from"), call.Arguments.Get<DateOnly>("to"));
        return to.DayNumber - from.DayNumber < CentreCalendar.MostDays
            ? ValueTask.FromResult<IReadOnlyList<IReadOnlyList<CalendarDay>>>(
                [.. centres.Select(c => CentreCalendar.Of(c.State, from, to).ToArray())])
            : throw CaseloadResolvers.BadInput("to", $"A calendar is of at most {CentreCalendar.MostDays} days.");
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<CentreYear>>> Years(
        IReadOnlyList<CentreView> centres, FieldCall call)
    {
        var today = platform.Services.Clock().Today;
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<CentreYear>>>([.. centres.Select(c =>
            YearsOf(c, today, IsExact(call, c)))]);
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<CentreMeasure>>> Measures(
        IReadOnlyList<CentreView> centres, FieldCall call)
    {
        var seen = GrainServices.DayOf(platform.Caseloads.Clock.Now.RecordedAt);
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<CentreMeasure>>>([.. centres.Select(c =>
            IsExact(call, c) ? AnonymousAnswers.Of(c.State) : c.State.DisclosedMeasures(seen))]);
    }

    private IReadOnlyList<CentreYear> YearsOf(CentreView centre, DateOnly today, bool exact)
    {
        if (exact)
        {
            return CentreYears.Of(centre.State, today);
        }
        var told = Told(centre);
        var visits = new DisclosedVisits(told);
        return [.. CentreYears.Of(told, today).Select(year => year.Disclosed(visits))];
    }

    private static bool IsExact(FieldCall call, CentreView centre) =>
        AccessPolicy.SeesExactFigures(call.Caller(), centre.State.Registered!.Municipality);

    private static IReadOnlyList<CentreDayView> DaysOf(
        DropInCentreState centre, DateOnly from, DateOnly to, bool exact)
    {
        var shown = exact ? null : new DisclosedVisits(centre);
        return [.. centre.Days.Where(d => d.Key >= from && d.Key <= to).Select(d => new CentreDayView(
            d.Key, shown?.ShowsDay(d.Key) is false ? null : d.Value.Visits, d.Value.PeerExperts, d.Value.Volunteers,
            d.Value.Sessions, exact ? d.Value.AgeBands : []))];
    }

    private static (DateOnly From, DateOnly To) PeriodOf(FieldCall call) => (
        call.Arguments.GetOrDefault<DateOnly?>("from") ?? DateOnly.MinValue,
        call.Arguments.GetOrDefault<DateOnly?>("to") ?? DateOnly.MaxValue);
}
