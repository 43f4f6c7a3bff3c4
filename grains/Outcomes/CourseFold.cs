using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Measures;
using OsstOrleans.Grains.Rows;

namespace OsstOrleans.Grains.Outcomes;

/// <summary>What each event of a client adds to its course.</summary>
internal static class CourseFold
{
    /// <param name="course">What was known before.</param>
    /// <param name="happened">The event.</param>
    /// <param name="day">The day it happened.</param>
    /// <param name="position">Its place in the log.</param>
    /// <param name="names">The numbers of codes.</param>
    public static Course After(
        Course course, IEvent happened, int day, long position, CourseNames names) => happened switch
        {
            ClientRegistered e =>
                course.With(Home(e.Municipality, day, position, names)) with { BirthYear = e.BirthYear },
            ClientDetailsChanged e => course with { BirthYear = e.BirthYear },
            ClientMoved e => course.With(Home(e.Municipality, day, position, names) with
            {
                Value = Successions.IsOne(e, day) ? CourseMark.Successor : default,
            }),
            ClientErased e => course.With(CourseMark.At(position, day, MarkKind.Erased, value: (byte)e.Reason)),
            MergedIntoSurvivor => course with { Merged = true },
            MergeUndone => course with { Merged = false },
            DuplicateAbsorbed e => e.Referrals.Aggregate(
                course.With(CourseMark.At(position, day, MarkKind.Absorbed)), Absorbed),
            BenefitMonthRecorded e => Paid(course, e.Month, e.AmountCents),
            BenefitMonthCorrected e => Paid(course, e.Month, e.AmountCents),
            MatterClosed e => course.With(
            CourseMark.At(position, day, MarkKind.Closed, value: (byte)e.Reason)),
            MatterReopened e => course.With(CourseMark.At(
                position, day, MarkKind.Reopened, value: e.Begins is null ? default : CourseMark.NewMatter)),
            MeasureAnswered e => Answered(course, e, day, position),
            MeasureConsentWithdrawn => course.With(CourseMark.At(position, day, MarkKind.AnswersWithdrawn)),
            PlanMade e => Planned(course, e, day, names),
            PlanReviewed e => Reviewed(course, e, day, names),
            _ => Reached(course, happened, day, position),
        };

    private static Course Reached(Course course, IEvent happened, int day, long position) => happened switch
    {
        ReferralReceived e => course.With(Referred(e, day)),
        ReferralNotInvestigated e => course.With(Step(MarkKind.NotInvestigated, e.ReferralId, day)),
        ReferralRegistered e => course.With(Step(MarkKind.Registered, e.ReferralId, day)),
        ReferralUnreached e => course.With(Step(MarkKind.Unreached, e.ReferralId, day)),
        ContactAttempted { Reached: true } e => course.With(
        [
            Step(MarkKind.Contacted, e.ReferralId, day), Step(MarkKind.Reached, e.ReferralId, day),
            .. Minutes(e, day, position),
        ]),
        ContactAttempted e => course.With(Step(MarkKind.Contacted, e.ReferralId, day)),
        NeedAssessed e => course.With(Step(MarkKind.Assessed, e.ReferralId, day)),
        MeetingBooked e => course.With(
            Step(MarkKind.Booked, e.ReferralId, day) with { Id = CourseMark.IdOf(e.MeetingId) }),
        MeetingAttended e => course.With(
            Meeting(MarkKind.Attended, e.MeetingId, e.MeetingOn) with { Code = (short)(e.Minutes ?? 0) }),
        MeetingMissed e => course.With(Meeting(MarkKind.Missed, e.MeetingId, e.MeetingOn)),
        MeetingCancelled e => course.With(Meeting(MarkKind.Cancelled, e.MeetingId, e.MeetingOn)),
        ReminderOutcomeRecorded { Outcome: ReminderOutcome.Delivered } e =>
            course.With(Meeting(MarkKind.Reminded, e.MeetingId, e.MeetingOn)),
        EmploymentOutcomeRecorded e => course.With(
            new CourseMark(e.StartsOn.DayNumber, MarkKind.Began, 0, 0, (short)e.Kind, 0)),
        _ => course,
    };

    /// <summary>A month decided to zero cents is not a month on social assistance.</summary>
    private static Course Paid(Course course, string month, long amountCents)
    {
        var number = MonthSet.NumberOf(month);
        return course with
        {
            Months = amountCents > 0 ? course.Months.With(number) : course.Months.Without(number),
        };
    }

    /// <summary>The referrals of a duplicate count here, where the person goes on; the duplicate counts nowhere.
    /// </summary>
    private static Course Absorbed(Course course, Referral referral)
    {
        if (referral?.Received is not { } received)
        {
            return course;
        }
        var more = new List<CourseMark> { Referred(received, referral.ReceivedOn.DayNumber) };
        Add(MarkKind.NotInvestigated, referral.NotInvestigatedOn);
        Add(MarkKind.Registered, referral.Registration?.RegisteredOn);
        Add(MarkKind.Contacted, referral.FirstContactOn);
        Add(MarkKind.Reached, referral.FirstReachedOn);
        Add(MarkKind.Unreached, referral.UnreachedOn);
        return course.With([.. more]);

        void Add(MarkKind kind, DateOnly? day)
        {
            if (day is { } on)
            {
                more.Add(Step(kind, received.ReferralId, on.DayNumber));
            }
        }
    }

    /// <summary>Answers to a version of a measure that this platform does not know count nowhere.</summary>
    private static Course Answered(Course course, MeasureAnswered answered, int day, long position) =>
        MeasureList.Find(answered.Measure, answered.Version) is not { } measure ? course
        : course.With(CourseMark.At(
            position, day, MarkKind.Answered, (short)(answered.ScoreTenths ?? -1), measure.Number));

    private static Course Planned(Course course, PlanMade plan, int day, CourseNames names)
    {
        var id = CourseMark.IdOf(plan.PlanId);
        return course.With(
        [
            new CourseMark(
                day, MarkKind.Plan, id, 0, DaysTo(plan.NextReviewOn, day), Flag(plan.FilledWithClient)),
            .. plan.Goals.Select(goal => new CourseMark(
                day, MarkKind.PlanGoal, id, 0, names.NumberOf(goal.Code), (byte)(goal.Scale ?? 0))),
            .. plan.Services.SelectMany(service => service.Methods).Select(method => new CourseMark(
                day, MarkKind.PlanMethod, id, 0, names.NumberOf(method), 0)),
            .. plan.Services.Select(service => new CourseMark(
                day, MarkKind.PlanService, id, 0, names.NumberOf(service.SocialService ?? service.Service), 0)),
        ]);
    }

    private static Course Reviewed(Course course, PlanReviewed review, int day, CourseNames names)
    {
        var id = CourseMark.IdOf(review.PlanId);
        return course.With(
        [
            new CourseMark(
                day, MarkKind.Review, id, 0, DaysTo(review.NextReviewOn, day), Flag(review.FilledWithClient)),
            .. review.Attainments.Select(goal => new CourseMark(
                day, MarkKind.ReviewGoal, id, 0, names.NumberOf(goal.Goal), (byte)goal.Attainment)),
            .. review.Methods.Select(method => new CourseMark(
                day, MarkKind.ReviewMethod, id, 0, names.NumberOf(method.Method), (byte)method.Usage)),
            .. review.Services.Select(service => new CourseMark(
                day, MarkKind.ReviewService, id, 0, names.NumberOf(service.SocialService ?? service.Service),
                (byte)service.Usage)),
        ]);
    }

    /// <summary>A mark of a contact's minutes, which has no identifier but its place in the log.</summary>
    private static IEnumerable<CourseMark> Minutes(ContactAttempted contact, int day, long position) =>
        contact.Minutes is { } minutes ? [CourseMark.At(position, day, MarkKind.ContactTime, (short)minutes)] : [];

    private static short DaysTo(DateOnly? agreed, int day) =>
        (short)Math.Clamp((agreed?.DayNumber ?? day) - day, 0, short.MaxValue);

    private static CourseMark Home(string municipality, int day, long position, CourseNames names) =>
        CourseMark.At(position, day, MarkKind.Home, names.NumberOf(municipality));

    private static CourseMark Referred(ReferralReceived e, int day) =>
        new(day, MarkKind.Referral, CourseMark.IdOf(e.ReferralId), 0, (short)e.Reason, (byte)e.Source);

    private static CourseMark Step(MarkKind kind, string? referralId, int day) =>
        new(day, kind, 0, CourseMark.IdOf(referralId), 0, 0);

    private static CourseMark Meeting(MarkKind kind, string meetingId, DateOnly meetingOn) =>
        new(meetingOn.DayNumber, kind, CourseMark.IdOf(meetingId), 0, 0, 0);

    private static byte Flag(bool set) => set ? (byte)1 : (byte)0;
}
