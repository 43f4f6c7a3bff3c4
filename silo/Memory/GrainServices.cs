using OsstOrleans.Grains;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Memory;

/// <summary>What the grains of this process stand on: the log, the keys, the clock and the policy.</summary>
public sealed record GrainServices(IEventStore Store, MasterKey MasterKey, TimeProvider Time) : IGrainServices
{
    /// <summary>The log, and what else is stored.</summary>
    public IEventStore Store
    {
        get;
        init => (field, Denied) = (value, new DeniedUses(value, Time));
    } = Store;

    /// <summary>The clock.</summary>
    public TimeProvider Time
    {
        get;
        init => (field, Denied) = (value, new DeniedUses(Store, value));
    } = Time;

    /// <summary>Refused attempts at clients, on their way into the store's use log.</summary>
    internal DeniedUses Denied { get; private init; } = new(Store, Time);

    /// <summary>The code systems in use.</summary>
    public CodeRegister Codes { get; init; } = CodeRegister.BuiltIn;

    /// <summary>Which register a municipality's clients are in.</summary>
    public Registers Registers { get; init; } = Registers.OfMunicipalities;

    /// <summary>
    /// By which address the installation is known to others, without a stroke at its end; null where it does not say.
    /// </summary>
    public string? Installation { get; init; }

    /// <summary>What ended for good, outside the database; null where nothing is listed: a rehearsal, a test.</summary>
    public EndingsList? Endings { get; init; }

    /// <summary>The days of the month of whose births all documents are archived.</summary>
    public IReadOnlyList<int> ArchivedBirthDays { get; init; } = [];

    /// <summary>Windows names time zones in its own way.</summary>
    private static readonly TimeZoneInfo Finland = TimeZoneInfo.FindSystemTimeZoneById(
        OperatingSystem.IsWindows() ? "FLE Standard Time" : "Europe/Helsinki");

    private static Day? _latestDay;

    /// <summary>What the grains of this process do.</summary>
    public GrainFigures Figures { get; } = new();

    /// <summary>Now, and the calendar day that it is in Finland.</summary>
    public (DateTimeOffset Now, DateOnly Today) Clock()
    {
        var now = Time.GetUtcNow();
        return (now, DayOf(now));
    }

    /// <summary>The time of day that it is in Finland.</summary>
    public TimeOnly TimeOfDay() =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(Time.GetUtcNow(), Finland).DateTime);

    /// <summary>Today's register of a municipality's clients.</summary>
    public string RegisterOf(string municipality) => Registers.Of(municipality, Clock().Today);

    /// <summary>The municipalities whose clients are in a register today; of any other code, itself.</summary>
    public IReadOnlyList<string> MunicipalitiesOf(string register) =>
        Registers.MunicipalitiesOf(register, Clock().Today);

    /// <summary>What a role reaches that is held for some registers.</summary>
    public Reach ReachOf(params IEnumerable<string> registers) => Reach.Of(Registers, registers, Clock().Today);

    /// <summary>The calendar day of an instant in Finland.</summary>
    public static DateOnly DayOf(DateTimeOffset instant)
    {
        // Most instants lie in the day that was asked for last: its bounds are cheaper than the time zone's rules.
        if (_latestDay is not { } latest || instant < latest.Begins || instant >= latest.Ends)
        {
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Finland).DateTime);
            var ends = day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : StartOf(day.AddDays(1));
            _latestDay = latest = new Day(day, StartOf(day), ends);
        }
        return latest.Date;
    }

    /// <summary>The instant at which a calendar day begins in Finland.</summary>
    public static DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return day == DateOnly.MinValue // In Finland it began before the first instant of the type.
            ? DateTimeOffset.MinValue
            : new DateTimeOffset(midnight, Finland.GetUtcOffset(midnight));
    }

    /// <summary>The time until the next calendar day begins in Finland; more than nothing.</summary>
    public TimeSpan UntilTomorrow()
    {
        var (now, today) = Clock();
        return StartOf(today.AddDays(1)) - now;
    }

    Moment IGrainServices.MomentOf(DateOnly? occurredOn)
    {
        var (now, today) = Clock();
        return new Moment(occurredOn ?? today, today, now)
        {
            Codes = Codes,
            Registers = Registers,
            DayIsAssumed = occurredOn is null,
            ArchivedBirthDays = ArchivedBirthDays,
        };
    }

    ValueTask IGrainServices.KeepForLogs(GrainName grain, PersonalText identifier) =>
        new LogLookUps(Store, MasterKey).Keep(grain, identifier, Time.GetUtcNow());

    Task IGrainServices.ListEnded(GrainName grain, IEndsForGood command, Guid commandId) =>
        Endings?.Add(EndedCommands.Of(grain, command, commandId, Time.GetUtcNow())) ?? Task.CompletedTask;

    IGrainMemory<TState> IGrainServices.MemoryOf<TState, TDecider>(GrainName grain, ISnapshotPlace snapshot) =>
        new GrainMemory<TState, TDecider>(grain, this, snapshot);

    bool IGrainServices.MaySend(Role role, GrainKind kind, ICommand command) =>
        AccessPolicy.MaySend(role, kind, command);

    Rejection? IGrainServices.NotTheirs(Role role, ICommand command, Moment moment) =>
        AccessPolicy.NotTheirs(role, command, moment);

    bool IGrainServices.MayReach(Caller caller, GrainKind kind, string municipality, bool sendsPersonalData) =>
        AccessPolicy.MayReach(caller, kind, municipality, sendsPersonalData);

    bool IGrainServices.MayRead(Caller caller, GrainKind kind, string municipality, ReadKind read) =>
        AccessPolicy.MayRead(caller, kind, municipality)
        && (read is not (ReadKind.UseLog or ReadKind.DisclosureLog) || AccessPolicy.MayReadLogs(caller.Role));

    bool IGrainServices.MayReadClients(Role role) => AccessPolicy.MayReadClients(role);

    bool IGrainServices.MayReadLogs(Role role) => AccessPolicy.MayReadLogs(role);

    AccessBasis? IGrainServices.BasisOf(Caller caller, string municipality, Ties ties) =>
        AccessPolicy.BasisOf(caller, municipality, RegisterOf(municipality), ties, Time.GetUtcNow());

    bool IGrainServices.NeedsRelationship(Caller caller) => AccessPolicy.NeedsRelationship(caller.Role);

    bool IGrainServices.MaySendBy(AccessBasis basis, ICommand command) => AccessPolicy.MaySendBy(basis, command);

    AccessBasis? IGrainServices.DutyOf(Caller caller, string municipality, ICommand command) =>
        AccessPolicy.DutyOf(caller, RegisterOf(municipality), command);

    bool IGrainServices.Makes(ICommand command) => AccessPolicy.MakesClient(command);

    void IGrainServices.Activated(GrainKind kind) => Figures.Activations.Began(kind);

    void IGrainServices.LetGo(GrainKind kind) => Figures.Activations.Ended(kind);

    ValueTask<long?> IGrainServices.LogUse(UseLine line) => Store.LogRead(line);

    ValueTask IGrainServices.LogDenied(UseLine line) => Denied.Log(line);

    private sealed record Day(DateOnly Date, DateTimeOffset Begins, DateTimeOffset Ends);
}
