using OsstOrleans.Grains.Codes;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Programme;

/// <summary>Admits a municipality to the programme. It may come back after it has left.</summary>
/// <param name="Municipality">Its official three-digit code.</param>
/// <param name="JoinsOn">Its first day, within the programme's period.</param>
public sealed record AdmitMunicipality(string Municipality, DateOnly JoinsOn) : IProgrammeCommand;

/// <summary>Records a municipality's leaving, as Tornio did after 2018.</summary>
/// <param name="Municipality">A member's official three-digit code.</param>
/// <param name="LeavesOn">Its last day in the programme.</param>
public sealed record ReleaseMunicipality(string Municipality, DateOnly LeavesOn) : IProgrammeCommand;

/// <summary>A municipality joined.</summary>
[StoredAs("programme.municipality-admitted", TellsOfNoPerson = true)]
public sealed record MunicipalityAdmitted(string Municipality, DateOnly JoinsOn) : IProgrammeEvent;

/// <summary>A municipality left; <paramref name="LeavesOn"/> was its last day.</summary>
[StoredAs("programme.municipality-released", TellsOfNoPerson = true)]
public sealed record MunicipalityReleased(string Municipality, DateOnly LeavesOn) : IProgrammeEvent;

/// <summary>A municipality's time in the programme; the last day belongs to it, null while it is a member.</summary>
public sealed record Member(string Municipality, DateOnly JoinsOn, DateOnly? LeavesOn);

internal static class Membership
{
    public static Decision Admit(ProgrammeState programme, AdmitMunicipality command, Moment moment)
    {
        var refused = MunicipalityCodes.Check(
                command.Municipality, moment with { OccurredOn = command.JoinsOn }, "municipality")
            ?? Within(programme, command.JoinsOn, "joinsOn");
        return refused is not null ? refused
            : Latest(programme, command.Municipality) switch
            {
                { } member when member.JoinsOn == command.JoinsOn && member.LeavesOn is null => Decision.Nothing,
                { } member when member.LeavesOn is null || command.JoinsOn <= member.LeavesOn =>
                    Refuse.Step(AlreadyMember, "municipality", "The municipality is a member on that day already."),
                _ when programme.Members.Count >= Limits.Members => Refuse.Limit("municipality", Limits.Members),
                _ => Decision.Happened(new MunicipalityAdmitted(command.Municipality, command.JoinsOn)),
            };
    }

    public static Decision Release(ProgrammeState programme, ReleaseMunicipality command) =>
        Latest(programme, command.Municipality) switch
        {
            { } member when member.LeavesOn == command.LeavesOn => Decision.Nothing,
            null or { LeavesOn: not null } =>
                Refuse.Step(NotMember, "municipality", "The municipality is not a member of the programme."),
            { } member when command.LeavesOn < member.JoinsOn =>
                Refuse.Field(LeavingBeforeJoining, "leavesOn", "The municipality joined after this day."),
            _ => Within(programme, command.LeavesOn, "leavesOn") is { } outside
                ? outside
                : Decision.Happened(new MunicipalityReleased(command.Municipality, command.LeavesOn)),
        };

    public static ProgrammeState Evolve(ProgrammeState programme, MunicipalityAdmitted happened) => programme with
    {
        Members = [.. programme.Members, new Member(happened.Municipality, happened.JoinsOn, null)],
    };

    public static ProgrammeState Evolve(ProgrammeState programme, MunicipalityReleased happened) => programme with
    {
        Members =
        [
            .. programme.Members.Select(member =>
                member.Municipality == happened.Municipality && member.LeavesOn is null
                    ? member with { LeavesOn = happened.LeavesOn }
                    : member),
        ],
    };

    private static Member? Latest(ProgrammeState programme, string municipality) =>
        programme.Members.LastOrDefault(member => member.Municipality == municipality);

    private static Rejection? Within(ProgrammeState programme, DateOnly day, string field) =>
        day < programme.Started!.StartsOn || day > programme.EndsOn
            ? Refuse.Field(OutsideProgramme, field, "This day lies outside the programme's period.")
            : null;
}
