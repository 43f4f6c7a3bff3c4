using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Rows;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Caseload;

/// <summary>Who waits for what on a day. Kemijärvi's target for the first contact is the default one.</summary>
public sealed class WorklistTests
{
    private static readonly AssignWorker ToAino = new("aino", true);
    private static readonly RecordContactAttempt Reached = new(ContactChannel.Phone, Reached: true);
    private static readonly RecordContactAttempt NotReached = new(ContactChannel.Phone, Reached: false);

    [Fact]
    public void A_referral_is_new_until_the_target_and_then_overdue_until_the_first_contact()
    {
        var register = new Register().With("a", Referred);
        var target = Day("2018-02-01").AddDays(register.Caseload.Municipality.FirstContactTargetDays);
        var (last, late) = ($"{target:yyyy-MM-dd}", $"{target.AddDays(1):yyyy-MM-dd}");
        Assert.Equal(["a"], register.On(WorklistKind.NewReferrals, last));
        Assert.Empty(register.On(WorklistKind.ContactOverdue, last));
        Assert.Empty(register.On(WorklistKind.NewReferrals, late));
        Assert.Equal(target, register.ItemsOn(WorklistKind.ContactOverdue, late).Single().DueOn);
        register.With("a", On("2018-03-01", NotReached));
        Assert.Empty(register.On(WorklistKind.ContactOverdue, late));
    }

    [Fact]
    public void A_case_is_to_be_assigned_from_its_referral_until_it_has_a_worker()
    {
        var register = new Register().With("a", Referred);
        Assert.Equal(["a"], register.On(WorklistKind.CasesToAssign, "2018-02-02"));
        Assert.Equal(["a"], register.On(WorklistKind.CasesToAssign, "2018-02-02", worker: "aino"));
        register.With("a", On("2018-02-03", ToAino));
        Assert.Empty(register.On(WorklistKind.CasesToAssign, "2018-02-03"));
    }

    [Fact]
    public void Nobody_is_assigned_a_case_that_is_not_investigated_or_led_to_no_clientship()
    {
        var register = new Register()
            .With("a", Referred)
            .With("a", On("2018-02-02", new RecordReferralNotInvestigated("r1", Words("Ei tarvetta"))))
            .With("b", Registered).With("b", On("2018-02-02", new AssessNeed(Clientship: false)))
            .With("c", Registered);
        Assert.Empty(register.On(WorklistKind.CasesToAssign, "2018-02-03"));
    }

    [Fact]
    public void A_meeting_is_on_its_days_list_and_then_waits_for_what_became_of_it()
    {
        var register = new Register().With("a", Booked);
        Assert.Empty(register.On(WorklistKind.MeetingsToday, "2018-02-19"));
        Assert.Equal(["a"], register.On(WorklistKind.MeetingsToday, "2018-02-20"));
        Assert.Empty(register.On(WorklistKind.MeetingOutcomes, "2018-02-20"));
        Assert.Empty(register.On(WorklistKind.MeetingsToday, "2018-02-21"));
        Assert.Equal(["a"], register.On(WorklistKind.MeetingOutcomes, "2018-02-21"));
        register.With("a", On("2018-02-20", new AttendMeeting("m1")));
        Assert.Empty(register.On(WorklistKind.MeetingOutcomes, "2018-02-21"));
    }

    [Fact]
    public void A_review_is_on_the_list_two_weeks_before_it_is_due_and_stays_when_it_is_late()
    {
        var register = new Register().With("a", Assessed)
            .With("a", On("2018-03-10", Planning with { NextReviewOn = Day("2018-06-30") }));
        Assert.Empty(register.On(WorklistKind.ReviewsDue, "2018-06-15"));
        Assert.Equal(["a"], register.On(WorklistKind.ReviewsDue, "2018-06-16"));
        Assert.Equal(Day("2018-06-30"), register.ItemsOn(WorklistKind.ReviewsDue, "2019-01-01").Single().DueOn);
        register.With("a", On("2018-06-20", Reviewing));
        Assert.Empty(register.On(WorklistKind.ReviewsDue, "2018-06-30"));
    }

    [Fact]
    public void A_plan_without_an_own_worker_is_on_everybodys_list()
    {
        var register = new Register().With("a", Planned);
        Assert.Equal(["a"], register.On(WorklistKind.PlansWithoutWorker, "2018-04-01", worker: "nobody-known"));
        register.With("a", On("2018-04-02", ToAino));
        Assert.Empty(register.On(WorklistKind.PlansWithoutWorker, "2018-04-02"));
    }

    [Fact]
    public void A_client_is_not_heard_of_when_only_attempts_fail_and_heard_of_again_when_reached()
    {
        var register = new Register().With("a", Referred).With("a", On("2018-03-01", NotReached));
        Assert.Empty(register.On(WorklistKind.NotHeardOf, "2018-04-02"));
        Assert.Equal(Day("2018-02-01"), register.ItemsOn(WorklistKind.NotHeardOf, "2018-04-03").Single().DueOn);
        register.With("a", On("2018-04-01", Reached));
        Assert.Empty(register.On(WorklistKind.NotHeardOf, "2018-05-31"));
        Assert.Equal(["a"], register.On(WorklistKind.NotHeardOf, "2018-06-01"));
    }

    [Fact]
    public void A_closed_matter_is_on_no_list()
    {
        var register = new Register().With("a", Closed);
        Assert.All(Enum.GetValues<WorklistKind>(), kind => Assert.Empty(register.On(kind, "2019-12-31")));
    }

    [Fact]
    public void A_workers_lists_show_the_workers_clients()
    {
        var register = new Register()
            .With("a", Booked).With("a", On("2018-02-11", ToAino))
            .With("b", Booked).With("b", On("2018-02-11", new AssignWorker("eino", true)));
        Assert.Equal(["a"], register.On(WorklistKind.MeetingsToday, "2018-02-20", worker: "aino"));
        Assert.Equal(["a", "b"], register.On(WorklistKind.MeetingsToday, "2018-02-20"));
        Assert.Empty(register.On(WorklistKind.MeetingsToday, "2018-02-20", worker: "nobody-known"));
    }

    [Fact]
    public void Pages_of_a_list_follow_each_other_and_the_count_is_of_all()
    {
        var register = new Register();
        for (var i = 0; i < 40; i++)
        {
            register.With($"c{i}", Registered).With($"c{i}", On($"2018-02-{1 + (i * 7 % 20):00}", FromKela));
        }
        var all = register.ItemsOn(WorklistKind.CasesToAssign, "2018-04-01");
        var paged = new List<WorklistItem>();
        var question = new WorklistQuestion(Day("2018-04-01"), null, 60)
        {
            Kinds = [WorklistKind.CasesToAssign],
            Max = 7,
        };
        while (register.Caseload.Worklists(question).Single() is { Items: [.., var last] items } page)
        {
            Assert.Equal(40, page.Count);
            paged.AddRange(items);
            question = question with { After = (last.DueOn, last.Entry.Since) };
        }
        Assert.Equal(all.Select(item => item.Entry.Client), paged.Select(item => item.Entry.Client));
        Assert.Equal(all.OrderBy(item => item.DueOn).ThenBy(item => item.Entry.Since), all);
    }
}
