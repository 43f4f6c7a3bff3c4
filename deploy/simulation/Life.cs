using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Simulation;

/// <summary>What is the same for every client of a population.</summary>
/// <param name="From">The first day of a referral.</param>
/// <param name="To">The last day of the work with clients.</param>
/// <param name="KnownUntil">The last day on which a benefit month arrives from the register.</param>
internal sealed record Scene(
    DateOnly From, DateOnly To, DateOnly KnownUntil, OsstDataSet DataSet, PopulationAssumptions Assumed)
{
    public IReadOnlyList<Centre> Centres { get; } = Simulation.Centres.Of(DataSet, Assumed.Centres);

    /// <summary>The last day on which a municipality's work is seen.</summary>
    public DateOnly HorizonOf(string municipality) =>
        DataSet.ObservedUntil(municipality) is { } until && until < To ? until : To;
}

/// <summary>
/// One client's life while it is drawn: where the client is, what day it is, and what was written so far. Steps are
/// written in causal order along <see cref="Today"/>; visits, work and benefit months are written afterwards into the
/// time in which the matter was open, and <see cref="Steps"/> puts all of them in order of days.
/// </summary>
internal sealed class Life(string key, Scene scene, Draw draw)
{
    private readonly List<(DateOnly On, ICommand Command)> _written = [];
    private int _meetings;
    private int _plans;

    public Scene Scene => scene;

    public PopulationAssumptions Assumed => scene.Assumed;

    public Draw Draw => draw;

    public required string Municipality { get; set; }

    /// <summary>The municipality of the first day.</summary>
    public required string FirstMunicipality { get; init; }

    public required ReferralReason Reason { get; init; }

    /// <summary>The first day: registration and first referral.</summary>
    public required DateOnly ArrivedOn { get; init; }

    /// <summary>After this day nothing is seen but the benefit register.</summary>
    public required DateOnly Horizon { get; init; }

    public required int Age { get; init; }

    /// <summary>Where the life stands; moves forward only.</summary>
    public required DateOnly Today { get; set; }

    /// <summary>The referral now being answered.</summary>
    public string ReferralId { get; set; } = "r1";

    /// <summary>The worker at present; null before the first and after a move.</summary>
    public AssignWorker? Worker { get; set; }

    public DateOnly? MetOn { get; set; }

    public DateOnly? PlannedOn { get; set; }

    /// <summary>The day before the matter was first closed, or the client first moved.</summary>
    public DateOnly? SettledUntil { get; set; }

    public StudyArm Arm => scene.DataSet.ArmOf(Municipality);

    public string NextMeetingId() => $"m{++_meetings}";

    public string NextPlanId() => $"p{++_plans}";

    /// <summary>Goes on to a later working day; false when that lies beyond what is seen.</summary>
    public bool Later((int Least, int Most) days)
    {
        var next = default(WorkingDays).OnOrAfter(Today.AddDays(draw.Around(days)));
        if (next > Horizon)
        {
            return false;
        }
        Today = next;
        return true;
    }

    /// <summary>Writes what happens today.</summary>
    public void Write(ICommand command) => Write(Today, command);

    public void Write(DateOnly on, ICommand command) => _written.Add((on, command));

    public void Close(ClosingReason reason)
    {
        SettledUntil ??= Today.AddDays(-1);
        Write(new CloseMatter(
            reason, Phrases.Closing,
            reason is ClosingReason.ClientsWish ? Assumed.Dose.ReasonOf(this) : null));
    }

    /// <summary>Days keep their order, and on one day what was written first comes first.</summary>
    public GrainSteps Steps()
    {
        var grain = GrainName.Client(key);
        return new GrainSteps(
            grain,
            [
                .. _written.OrderBy(step => step.On).Select((step, i) => new LoadStep(
                    grain, step.Command, step.On, StableId.Guid($"{key}/{i}"), StepOrigin.Synthetic)),
            ]);
    }
}
