using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Silo.Tests;

/// <summary>Ordinary callers and commands; a test changes the one thing that it is about.</summary>
internal static class Cases
{
    public const string Tampere = "837";
    public const string Raisio = "680";
    public const string LastName = "Korhonen-Esimerkki";

    public static readonly GrainName Maija = GrainName.Client("maija");
    public static readonly Caller Worker = In(Role.Coordinator, Tampere);
    public static readonly Caller RaisioWorker = In(Role.Coordinator, Raisio);
    public static readonly DateOnly Day = new(2019, 5, 2);

    public static readonly RegisterClient Register = new(
        Tampere, new PersonalText(LastName), new PersonalText("Maija"), 1984,
        TemporaryIdentifier: new PersonalText("T-1"), Synthetic: true);

    public static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: false);

    public static readonly CodedValue Goal = new(CodeSystems.LocalGoals, "FINANCES_SUBSISTENCE");
    public static readonly CodedValue Method = new(CodeSystems.LocalMethods, "INTENSIVE_INDIVIDUAL_WORK");

    public static readonly MakePlan Plan = new("p1", FilledWithClient: true)
    {
        Goals = [new(Goal, GoalScale.ChangeForBetter)],
        Services =
        [
            new(new(CodeSystems.PlannedServices, "1"), new(CodeSystems.SocialServices, "46")) { Methods = [Method] },
        ],
        Authors = ["w1"],
    };

    public static Caller In(Role role, string? municipality) => new(
        role, $"s-{municipality}", municipality is null ? Reach.All : Reach.Of(municipality), Purposes.ClientWork);

    public static Asked Ask(
        ICommand command, Caller? caller = null, Guid? id = null, DateOnly? on = null, long? ifVersion = null) =>
        new(command, new Envelope(id ?? Guid.NewGuid(), caller ?? Worker, on ?? Day, ifVersion));

    public static ReadRequest ReadAs(Caller caller, ReadKind kind = ReadKind.State) => new(caller, kind);
}
