using OsstOrleans.Grains.Calls;
using static OsstOrleans.Grains.RejectionCodes;

namespace OsstOrleans.Grains.Municipality;

/// <summary>How a register grants and ends rights: by its coordinators, some of them by two people.</summary>
internal static class RightDecisions
{
    /// <summary>So long a grant waits to be confirmed.</summary>
    private const int WaitDays = 30;

    internal static Decision Grant(MunicipalityState municipality, GrantRight command, Moment moment)
    {
        var refused = Require.Subject(command.Subject, "subject") ?? Require.Member(command.Role, "role")
            ?? Require.Planned(command.From, moment, "from")
            ?? (command.To is { } to ? Require.Period(command.From, to, "to") : null)
            ?? (PersonOf(moment.Actor) == command.Subject
                ? OfSelf("subject", "Another person grants you a right.")
                : null)
            ?? (municipality.KeepsRights ? null : Refuse.Step(
                RightsNotKept, "id", "The register keeps no rights yet: its operator makes the first coordinator."))
            ?? Alone(municipality, command.Subject, command.Role);
        if (refused is not null)
        {
            return refused;
        }
        var waits = Rights.NeedsTwo(command.Role);
        return municipality.Rights.Any(known => IsSame(municipality, known, command, moment)) ? Decision.Nothing
            : municipality.Rights.Count >= Limits.Rights ? Refuse.Limit("subject", Limits.Rights)
            : Decision.Happened(new RightGranted(
                command.Subject, command.Role, command.From, command.To, moment.Actor, waits)
            {
                GrantedOn = moment.Today,
            });
    }

    internal static Decision Confirm(MunicipalityState municipality, ConfirmRight command, Moment moment)
    {
        if (municipality.Rights.FirstOrDefault(known => known.Waits && known.IsOf(command.Subject, command.Role)
            && (known.From, known.To) == (command.From, command.To)) is not { } waiting)
        {
            return Unknown("No such right of this person waits to be confirmed, with these days.");
        }
        var confirmer = PersonOf(moment.Actor);
        return confirmer == waiting.Subject || confirmer == PersonOf(waiting.GrantedBy)
                ? OfSelf("subject", "Another person than who granted the right, and who gets it, confirms it.")
            : HasLapsed(municipality, waiting, moment)
                ? Refuse.Step(
                    RightLapsed, "subject",
                    $"It waited for more than {WaitDays} days, or who granted it coordinates no more: grant it anew.")
            : command.Role is RegisterRole.Coordinator && !Rights.HasCoordinator(
                Confirmed(municipality, command.Subject, command.Role, moment.Actor), moment.Today)
                ? LastOne()
            : Decision.Happened(new RightConfirmed(command.Subject, moment.Actor, command.Role));
    }

    internal static Decision End(MunicipalityState municipality, EndRight command, Moment moment)
    {
        if (KeptOnce(municipality, moment))
        {
            return Decision.Happened(new RightsKept());
        }
        var known = municipality.Rights.Where(right => right.IsOf(command.Subject, command.Role)).ToArray();
        if (known.Length == 0)
        {
            var isOut = municipality.KeptOut.Contains(new KeptOut(command.Subject, command.Role));
            return command.Role is not RegisterRole.Integration || !municipality.KeepsRights
                    ? Unknown("This role was not granted to this subject.")
                : isOut ? Decision.Nothing
                : municipality.KeptOut.Count >= Limits.Rights ? Refuse.Limit("subject", Limits.Rights)
                : Require.Subject(command.Subject, "subject") is { } refused ? refused
                : Decision.Happened(new RightEnded(command.Subject, command.Role));
        }
        if (!Rights.NeedsTwo(command.Role) || known.All(right => right.Waits))
        {
            return Decision.Happened(new RightEnded(command.Subject, command.Role));
        }
        return known.Any(right => right.EndAskedBy is not null) ? Decision.Nothing
            : LeavesNone(municipality, command.Subject, command.Role, moment) ? LastOne()
            : Decision.Happened(new RightEndAsked(command.Subject, command.Role, moment.Actor));
    }

    internal static Decision DecideEnd(MunicipalityState municipality, DecideRightEnd command, Moment moment)
    {
        if (KeptOnce(municipality, moment))
        {
            return Decision.Happened(new RightsKept());
        }
        var (known, decider) = (
            municipality.Rights.FirstOrDefault(right => right.IsOf(command.Subject, command.Role) && !right.Waits),
            PersonOf(moment.Actor));
        return known is null || (known.EndAskedBy is null && !(moment.EndsAgain && command.Ends))
                ? Unknown("No end of such a right waits to be decided.")
            : !moment.EndsAgain && (decider == known.Subject || decider == PersonOf(known.EndAskedBy!))
                ? OfSelf("subject", "Another person than who asked for the end, and whose right it is, decides it.")
            : !command.Ends ? Decision.Happened(new RightKept(command.Subject, command.Role, moment.Actor))
            : LeavesNone(municipality, command.Subject, command.Role, moment) ? LastOne()
            : Decision.Happened(new RightEnded(command.Subject, command.Role));
    }

    internal static Decision First(MunicipalityState municipality, GrantFirstRight command, Moment moment)
    {
        var only = Rights.OnlyCoordinator(municipality, moment.Today);
        return Require.Subject(command.Subject, "subject") is { } refused ? refused
            : Alone(municipality, command.Subject, RegisterRole.Coordinator) is { } excluded ? excluded
            : command.Replaced is { } replaced
                ? only != replaced || replaced == command.Subject
                    ? Refuse.Step(CoordinatorThere, "id", "The register has not that one coordinator alone.")
                : Decision.Happened(
                    new RightEnded(replaced, RegisterRole.Coordinator), Granted())
            : municipality.Rights.Any(right => right.Role is RegisterRole.Coordinator && right.Covers(moment.Today))
                ? Refuse.Step(CoordinatorThere, "id", "The register has a coordinator, who grants all further rights.")
            : Decision.Happened(Granted());

        RightGranted Granted() => new(
            command.Subject, RegisterRole.Coordinator, moment.Today, null, moment.Actor, Waits: false)
        {
            GrantedOn = moment.Today,
        };
    }

    internal static Decision Keep(MunicipalityState municipality, KeepRights command)
    {
        IEvent[] happened =
        [
            .. municipality.KeepsRights ? [] : (IEvent[])[new RightsKept()],
            .. command.Ended is { } ended
                && municipality.Rights.Any(right => right.IsOf(ended, RegisterRole.Coordinator))
                ? (IEvent[])[new RightEnded(ended, RegisterRole.Coordinator)]
                : [],
        ];
        return Decision.Happened(happened);
    }

    internal static Decision Shorten(MunicipalityState municipality, ShortenRight command)
    {
        if (municipality.Rights.FirstOrDefault(right => right.IsOf(command.Subject, command.Role) && !right.Waits)
            is not { } known)
        {
            return municipality.KeepsRights
                ? Unknown("This role was not granted to this subject.")
                : Decision.Happened(new RightsKept());
        }
        var from = known.From > command.From ? known.From : command.From;
        var to = known.To is null || command.To < known.To ? command.To : known.To;
        return (from, to) == (known.From, known.To)
            ? Decision.Nothing
            : Decision.Happened(new RightShortened(command.Subject, command.Role, from, to));
    }

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightGranted happened) =>
        municipality with
        {
            // One that waits stands beside the one that holds until it is confirmed.
            Rights =
            [
                .. municipality.Rights.Where(known =>
                    !known.IsOf(happened.Subject, happened.Role) || (happened.Waits && !known.Waits)),
                new Right(
                    happened.Subject, happened.Role, happened.From, happened.To, happened.GrantedBy, null,
                    happened.Waits)
                {
                    GrantedOn = happened.GrantedOn,
                },
            ],
            KeptOut = [.. municipality.KeptOut.Where(known => known != new KeptOut(happened.Subject, happened.Role))],
            KeepsRights = true,
        };

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightConfirmed happened) =>
        municipality with
        {
            Rights = [.. Confirmed(municipality, happened.Subject, happened.Role, happened.ConfirmedBy)],
        };

    /// <summary>An integration stays out, though its token may hold for all registers.</summary>
    internal static MunicipalityState Evolve(MunicipalityState municipality, RightEnded happened) =>
        municipality with
        {
            Rights = [.. municipality.Rights.Where(known => !known.IsOf(happened.Subject, happened.Role))],
            KeptOut = happened.Role is RegisterRole.Integration
                ? [.. municipality.KeptOut.Append(new KeptOut(happened.Subject, happened.Role)).Distinct()]
                : municipality.KeptOut,
        };

    /// <summary>A grant that waits would undo it.</summary>
    internal static MunicipalityState Evolve(MunicipalityState municipality, RightEndAsked happened) =>
        Changed(
            municipality with
            {
                Rights =
                [
                    .. municipality.Rights.Where(known =>
                        !known.Waits || !known.IsOf(happened.Subject, happened.Role)),
                ],
            },
            happened.Subject, happened.Role, known => known with { EndAskedBy = happened.AskedBy });

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightKept happened) => Changed(
        municipality, happened.Subject, happened.Role, known => known with { EndAskedBy = null });

    internal static MunicipalityState Evolve(MunicipalityState municipality, RightShortened happened) => Changed(
        municipality, happened.Subject, happened.Role,
        known => known.Waits ? known : known with { From = happened.From, To = happened.To });

    private static MunicipalityState Changed(
        MunicipalityState municipality, string subject, RegisterRole role, Func<Right, Right> change) =>
        municipality with
        {
            Rights = [.. municipality.Rights.Select(known => known.IsOf(subject, role) ? change(known) : known)],
        };

    /// <summary>The rights as they are when the one that waits is confirmed.</summary>
    private static IEnumerable<Right> Confirmed(
        MunicipalityState municipality, string subject, RegisterRole role, string by) =>
        municipality.Rights.Any(known => known.IsOf(subject, role) && known.Waits)
            ? municipality.Rights
                .Where(known => !known.IsOf(subject, role) || known.Waits)
                .Select(known => known.IsOf(subject, role) ? known with { Waits = false, ConfirmedBy = by } : known)
            : municipality.Rights;

    /// <summary>
    /// That something ended says that the register kept rights, which a database of an earlier day may have lost.
    /// </summary>
    private static bool KeptOnce(MunicipalityState municipality, Moment moment) =>
        moment.EndsAgain && !municipality.KeepsRights;

    /// <summary>What ended stays ended, also where an earlier database knows no other coordinator.</summary>
    private static bool LeavesNone(
        MunicipalityState municipality, string subject, RegisterRole role, Moment moment) =>
        role is RegisterRole.Coordinator && !moment.EndsAgain && !Rights.HasCoordinator(
            municipality.Rights.Where(known => !known.IsOf(subject, role)), moment.Today);

    private static bool IsSame(MunicipalityState municipality, Right known, GrantRight asked, Moment moment) =>
        known.IsOf(asked.Subject, asked.Role) && (known.From, known.To) == (asked.From, asked.To)
        && known.EndAskedBy is null && !(known.Waits && HasLapsed(municipality, known, moment));

    private static bool HasLapsed(MunicipalityState municipality, Right waiting, Moment moment) =>
        waiting.GrantedOn?.AddDays(WaitDays) < moment.Today
        || (RoleNames.TryParse(Actors.Of(waiting.GrantedBy).Role, out var role)
            && !Rights.Hold(municipality, PersonOf(waiting.GrantedBy), role, moment.Today));

    /// <summary>Who looks after data protection is none of those who are looked after.</summary>
    private static Rejection? Alone(MunicipalityState municipality, string subject, RegisterRole role) =>
        municipality.Rights.Any(known => known.Subject == subject && known.Role != role
            && (known.Role is RegisterRole.DataProtection || role is RegisterRole.DataProtection))
            ? Refuse.Step(
                RolesExclude, "role", "The officer for data protection has no other role for the register.")
            : null;

    private static Rejection OfSelf(string field, string message) => Refuse.Step(RightOfSelf, field, message);

    private static Rejection Unknown(string message) => Refuse.Step(RightUnknown, "subject", message);

    private static Rejection LastOne() => Refuse.Step(
        LastCoordinator, "subject", "The register would have no coordinator whose right has no last day.");

    /// <summary>One person may hold two roles.</summary>
    private static string PersonOf(string actor) => Actors.Of(actor).Subject;
}
