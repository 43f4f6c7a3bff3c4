using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.DropInCentre;
using OsstOrleans.Grains.Measures;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Programme;

namespace OsstOrleans.Grains.Tests;

/// <summary>Ordinary commands of an ordinary case; a test changes the one thing that it is about.</summary>
internal static class Sample
{
    public static readonly CodedValue Housing = new(CodeSystems.SupportNeeds, "2");
    public static readonly CodedValue Finances = new(CodeSystems.SupportNeeds, "3");
    public static readonly CodedValue Subsistence = new(CodeSystems.LocalGoals, "FINANCES_SUBSISTENCE");
    public static readonly CodedValue Everyday = new(CodeSystems.LocalGoals, "LIFE_MANAGEMENT_EVERYDAY");
    public static readonly CodedValue LivingConditions = new(CodeSystems.Factors, "3");
    public static readonly CodedValue AnySocialService = new(CodeSystems.PlannedServices, "1");
    public static readonly CodedValue EmploymentServices = new(CodeSystems.PlannedServices, "20");
    public static readonly CodedValue SocialWork = new(CodeSystems.SocialServices, "46");
    public static readonly CodedValue SocialCounselling = new(CodeSystems.SocialServices, "45");
    public static readonly CodedValue SocialRehabilitation =
        new(CodeSystems.LocalSocialServices, "SOCIAL_REHABILITATION");

    public static readonly CodedValue IntensiveWork = new(CodeSystems.LocalMethods, "INTENSIVE_INDIVIDUAL_WORK");

    public static readonly RegisterClient Register = new(
        "320", Words("Korhonen"), Words("Maija"), 1984, TemporaryIdentifier: Words("T-1"), Synthetic: true);

    public static readonly ReceiveReferral FromKela = new("r1", ReferralSource.Kela, ReferralReason.Need, 3);

    public static readonly BookMeeting Booking = new("m1", Scenario.Day("2018-02-20"));

    public static readonly AssessNeed Assessing = new(Clientship: true)
    {
        Needs = [new(Housing, SupportDuration.Temporary), new(Finances, SupportDuration.LongTerm)],
    };

    public static readonly MakePlan Planning = new("p1", FilledWithClient: true)
    {
        Goals =
        [
            new(Subsistence, GoalScale.ChangeForBetter) { Factors = [new(LivingConditions, FactorEffect.Hampers)] },
            new(Everyday, GoalScale.PreventWorsening),
        ],
        Services = [new(AnySocialService, SocialWork) { Methods = [IntensiveWork] }, new(EmploymentServices)],
        Authors = ["w1"],
    };

    public static readonly ReviewPlan Reviewing = new("p1", true, Words("Better"), Words("Much better"))
    {
        Attainments = [new(Subsistence, Attainment.Attained), new(Everyday, Attainment.Partly)],
        Services = [new(AnySocialService, Usage.Used, SocialWork), new(EmploymentServices, Usage.NotUsed)],
        Methods = [new(IntensiveWork, Usage.Used)],
        Authors = ["w1"],
    };

    public static readonly RegisterMunicipality Kemijarvi = new("Kemijärvi");

    public static readonly RegisterDropInCentre Centre = new("320", "Kemijärven asukastupa")
    {
        OpeningDays = [Weekday.Monday, Weekday.Tuesday, Weekday.Wednesday, Weekday.Thursday],
    };

    public static readonly StartProgramme Osst = new(
        "OSST", Scenario.Day("2018-01-01"), Scenario.Day("2019-03-31"), 200_000_000);

    public static Step[] Registered => [Scenario.On("2018-01-15", Register)];

    public static Step[] Referred => [.. Registered, Scenario.On("2018-02-01", FromKela)];

    public static Step[] Booked => [.. Referred, Scenario.On("2018-02-10", Booking)];

    public static Step[] Assessed => [.. Registered, Scenario.On("2018-03-01", Assessing)];

    public static Step[] Planned => [.. Assessed, Scenario.On("2018-03-10", Planning)];

    public static Step[] Closed => [.. Planned, Scenario.On("2018-12-31", new CloseMatter(ClosingReason.GoalsReached))];

    /// <summary>Ten answers, all alike.</summary>
    public static ItemAnswer[] Esis(int value) =>
        [.. Enumerable.Range(1, 10).Select(item => new ItemAnswer(item, value))];

    public static PersonalText Words(string words) => new(words);

    public static PersonalText TooLong => new(new string('x', Limits.TextLength + 1));
}
