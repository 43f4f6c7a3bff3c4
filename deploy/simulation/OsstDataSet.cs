using OsstOrleans.Grains;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;

namespace OsstOrleans.Simulation;

/// <summary>
/// The OSST experiment 2018-2019 as data: the programme, its six municipalities, synthetic control municipalities and
/// the drop-in centres of Kemijärvi. The file <c>deploy/data/osst-2018-2019.json</c> names the source of each entry.
/// </summary>
public sealed class OsstDataSet
{
    private const string Resource = "osst-2018-2019.json";

    private readonly OsstDataSetFile _file;

    private OsstDataSet(OsstDataSetFile file)
    {
        _file = file;
        Steps = [.. ProgrammeSteps(), .. MunicipalitySteps(), .. CentreSteps()];
    }

    /// <summary>The commands that build the experiment, in an order that every grain accepts.</summary>
    public IReadOnlyList<LoadStep> Steps { get; }

    /// <summary>The first day of the programme.</summary>
    public DateOnly StartsOn => _file.Programme.StartsOn;

    /// <summary>The last day of the programme after its extension.</summary>
    public DateOnly EndsOn => _file.Programme.Extension.EndsOn;

    /// <summary>The file's entries; internal, for the simulation and its tests.</summary>
    internal OsstDataSetFile File => _file;

    /// <summary>The data set that is part of this assembly.</summary>
    public static OsstDataSet Embedded()
    {
        using var stream = typeof(OsstDataSet).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException("The data set is missing from the assembly.");
        return Read(stream);
    }

    /// <exception cref="InvalidDataException">It is not of the data set's form, or an entry has no source.</exception>
    public static OsstDataSet Read(Stream stream) => new(OsstDataSetFile.Read(stream));

    /// <summary>The arm that a municipality's experiments put it in: it decides how its simulated work looks.</summary>
    internal StudyArm ArmOf(string municipality)
    {
        var ran = _file.Exposures.Where(entry => entry.Municipality == municipality)
            .Select(entry => entry.Experiment).ToHashSet();
        return ran.Contains(Experiment.Osst) ? StudyArm.OsstAndEmployment
            : ran.Contains(Experiment.Employment) ? StudyArm.EmploymentOnly
            : StudyArm.Neither;
    }

    /// <summary>The last day on which a municipality is observed: Tornio only to 31.12.2018.</summary>
    internal DateOnly? ObservedUntil(string municipality) =>
        _file.Memberships.FirstOrDefault(entry => entry.Municipality == municipality)?.LeavesOn;

    private IEnumerable<LoadStep> ProgrammeSteps()
    {
        var programme = _file.Programme;
        var id = GrainName.Programme(programme.Key);
        yield return Step(
            id,
            new StartProgramme(programme.Name, programme.StartsOn, programme.EndsOn, programme.BudgetCents),
            programme.StartsOn, programme, "started");
        foreach (var member in _file.Memberships)
        {
            yield return Step(
                id, new AdmitMunicipality(member.Municipality, member.JoinsOn), member.JoinsOn, member,
                $"admitted/{member.Municipality}");
        }
        var extension = programme.Extension;
        yield return Step(
            id, new ExtendProgramme(extension.EndsOn), extension.DecidedOn, extension,
            $"extended/{extension.EndsOn:O}");
        foreach (var member in _file.Memberships.Where(member => member.LeavesOn is not null))
        {
            var leavesOn = member.LeavesOn!.Value;
            yield return Step(
                id, new ReleaseMunicipality(member.Municipality, leavesOn), leavesOn, member,
                $"released/{member.Municipality}");
        }
        foreach (var entry in _file.MethodDecisions.Where(entry => entry.Municipality is null))
        {
            yield return Decided(id, entry);
        }
    }

    private static LoadStep Decided(GrainName id, MethodDecisionEntry entry)
    {
        var method = new CodedValue(CodeSystems.LocalMethods, entry.Method);
        var reference = entry.Placeholder ? "example, no source" : null;
        return Step(
            id, id.Kind is GrainKind.Programme
                ? new DecideOnProgrammeMethod(method, entry.Choice, entry.From, reference)
                : new DecideOnMethod(method, entry.Choice, entry.From, reference),
            entry.From, entry, $"method/{entry.Method}/{entry.From:O}");
    }

    private IEnumerable<LoadStep> MunicipalitySteps()
    {
        foreach (var entry in _file.Municipalities)
        {
            var id = GrainName.Municipality(entry.Code);
            yield return Step(
                id, new RegisterMunicipality(entry.Name, entry.SwedishName), StartsOn, entry, "registered");
        }
        foreach (var entry in _file.Exposures)
        {
            yield return Step(
                GrainName.Municipality(entry.Municipality),
                new RecordExposure(entry.Experiment, entry.StartsOn, entry.EndsOn),
                entry.StartsOn > StartsOn ? entry.StartsOn : StartsOn, entry,
                $"exposure/{entry.Experiment}/{entry.StartsOn:O}");
        }
        foreach (var entry in _file.ExposureEnds)
        {
            yield return Step(
                GrainName.Municipality(entry.Municipality),
                new ChangeExposureEnd(entry.Experiment, entry.StartsOn, entry.EndsOn),
                entry.DecidedOn, entry, $"exposure-end/{entry.Experiment}/{entry.StartsOn:O}/{entry.DecidedOn:O}");
        }
        foreach (var entry in _file.MethodDecisions.Where(entry => entry.Municipality is not null))
        {
            yield return Decided(GrainName.Municipality(entry.Municipality!), entry);
        }
    }

    private IEnumerable<LoadStep> CentreSteps()
    {
        foreach (var centre in _file.DropInCentres)
        {
            var id = GrainName.DropInCentre(centre.Key);
            var registration = new RegisterDropInCentre(centre.Municipality, centre.Name, centre.Place)
            {
                OpeningDays = centre.Opening.Weekdays,
            };
            yield return Step(id, registration, centre.Opening.OpenedOn, centre.Opening, "registered");
            foreach (var (day, visits) in PeakDays(centre))
            {
                yield return Step(
                    id, new RecordVisits(visits), day, centre.PeakWeek!.Example, $"peak-week/{day:O}");
            }
        }
    }

    private static IEnumerable<(DateOnly Day, int Visits)> PeakDays(CentreEntry centre) =>
        centre.PeakWeek is { Example: { } example }
            ? centre.Opening.Weekdays
                .Select(weekday => example.StartsOn.AddDays((int)weekday - (int)Weekday.Monday))
                .Zip(example.VisitsByOpeningDay)
            : [];

    private static LoadStep Step(GrainName grain, ICommand command, DateOnly on, SourcedEntry entry, string name) =>
        new(grain, command, on, StableId.Guid($"osst-2018-2019/{grain}/{name}"), entry.Origin);
}
