using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>Contact attempts and first meetings, until the client was met or the worker gives up.</summary>
internal static class ReachingStage
{
    /// <summary>True when the client was met.</summary>
    public static bool Meet(Life life)
    {
        var assumed = life.Assumed.Reaching;
        if (!Reach(life, assumed))
        {
            return false;
        }
        for (var booking = 1; booking <= assumed.MostBookings; booking++)
        {
            if (Meeting(life, life.ReferralId) is not { } attended)
            {
                return false;
            }
            if (attended)
            {
                life.MetOn ??= life.Today;
                return true;
            }
            if (!life.Draw.Chance(assumed.BookedAgain))
            {
                return false;
            }
        }
        return false;
    }

    /// <summary>
    /// Books a meeting today and settles it on its day. True when attended, null when its day is not seen any more:
    /// then it stays booked.
    /// </summary>
    public static bool? Meeting(Life life, string? referralId)
    {
        var assumed = life.Assumed.Reaching;
        var meetingId = life.NextMeetingId();
        var bookedOn = life.Today;
        var day = default(WorkingDays).OnOrAfter(
            bookedOn.AddDays(life.Draw.Around(assumed.DaysToMeeting)));
        life.Write(new BookMeeting(
            meetingId, day, $"{life.Draw.Between(9, 15):00}:00", life.Draw.Of(assumed.Settings.In(life.Arm)),
            ReferralId: referralId));
        if (day > life.Horizon)
        {
            return null;
        }
        life.Today = day;
        if (life.Draw.Chance(assumed.AttendanceAfter(life.Reason)))
        {
            var dose = life.Assumed.Dose;
            life.Write(new AttendMeeting(
                meetingId, AgreedMatters: life.Draw.Of(Phrases.Agreed),
                Minutes: dose.MinutesOf(life, dose.MeetingMinutes), Method: DoseAssumptions.MethodOf(life)));
            return true;
        }
        NotAttended(life, meetingId, bookedOn);
        return false;
    }

    /// <summary>True when the matter was closed; otherwise it stays open, as many did.</summary>
    public static bool GiveUp(Life life)
    {
        var closes = life.Draw.Chance(life.Assumed.Reaching.ClosedWhenNotMet);
        if (!closes || !life.Later(life.Assumed.Reaching.DaysToClosing))
        {
            return false;
        }
        life.Close(ClosingReason.NotReached);
        return true;
    }

    private static bool Reach(Life life, ReachingAssumptions assumed)
    {
        for (var attempt = 1; attempt <= assumed.MostAttempts && life.Later(assumed.DaysToAttempt); attempt++)
        {
            var reached = life.Draw.Chance(assumed.Reached);
            var dose = life.Assumed.Dose;
            var declines = reached && life.Draw.Chance(dose.DeclinesMeeting);
            life.Write(new RecordContactAttempt(
                life.Draw.Of(assumed.Channels.In(life.Arm)), reached, life.ReferralId,
                life.Draw.Of(Phrases.Contacts), reached ? dose.MinutesOf(life, dose.ContactMinutes) : null,
                Declined: declines ? dose.ReasonOf(life) : null));
            if (reached && !declines)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>A cancellation is known the day before at the latest; a no-show on the day.</summary>
    private static void NotAttended(Life life, string meetingId, DateOnly bookedOn)
    {
        var assumed = life.Assumed.Reaching;
        CancellationCause? cause = life.Draw.Chance(assumed.CancelledByClient) ? CancellationCause.Client
            : life.Draw.Chance(assumed.CancelledByOrganisation / (1 - assumed.CancelledByClient))
                ? CancellationCause.Organisation
            : null;
        if (cause is not { } known)
        {
            life.Write(new MissMeeting(meetingId));
            return;
        }
        life.Today = life.Today.AddDays(-1) > bookedOn ? life.Today.AddDays(-1) : bookedOn;
        life.Write(new CancelMeeting(
            meetingId, known,
            Declined: known is CancellationCause.Client ? life.Assumed.Dose.ReasonOf(life) : null));
    }
}
