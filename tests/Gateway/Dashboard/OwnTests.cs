using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>What is to be done for a client, who has how many clients, and what the log says was used.</summary>
public sealed class OwnTests
{
    private static readonly Language English = Language.All[0];
    private static readonly DateOnly Today = new(2020, 1, 10);

    [Fact]
    public void What_is_to_be_done_begins_with_the_latest_and_has_nothing_that_was_met()
    {
        var client = Client(
            [
                Due("REVIEW", 20, null), Due("FIRST_CONTACT", 3, null),
                Due("ASSESSMENT_START", 1, new DateOnly(2020, 1, 1)),
                Due("DISCUSSION", 10, null),
            ]);
        Assert.Equal(
            [
                new NextStep("First contact (own target)", "3 Jan 2020, 7 days late", true),
                new NextStep("Personal discussion", "10 Jan 2020, today", false),
                new NextStep("Review of the plan", "20 Jan 2020, 10 days left", false),
            ],
            NextStep.Of(client, Today, English));
        Assert.Empty(NextStep.Of(client with { Closed = new ClosedAnswer(Today) }, Today, English));
    }

    [Fact]
    public void A_plan_of_a_matter_that_was_closed_and_opened_again_is_said_to_be_the_earlier_matters()
    {
        var client = Client([], Happened(5, "client.matter-reopened", 8), Happened(4, "client.matter-closed", 6));
        Assert.Equal(new DateOnly(2020, 1, 6), NextStep.EndOfPlan(client));
        Assert.Null(NextStep.EndOfPlan(client with { Closed = new ClosedAnswer(Today) }));
        var later = client.Plans[0] with { MadeOn = new DateOnly(2020, 1, 9) };
        Assert.Null(NextStep.EndOfPlan(client with { Plans = [later] }));
        Assert.Null(NextStep.EndOfPlan(Client([], Happened(4, "client.matter-closed", 6))));
    }

    [Fact]
    public void Bars_count_open_clients_lead_to_them_and_pass_the_limit_that_the_municipality_set()
    {
        var answer = new OwnAnswer(
            new OwnListsAnswer(new SeenAnswer(1, default), []),
            new WorkersAnswer(new SeenAnswer(1, default), false, [new("w-2", 72), new("w-1", 57)]),
            new WorkersAnswer(new SeenAnswer(1, default), false, [new("w-2", 2), new("w-1", 27)]),
            new OwnMunicipalityAnswer("211", "Kangasala", null, 50), null);
        var load = OwnWords.Load(answer, English);
        Assert.Equal([("w-1", 30L, false), ("w-2", 70L, true)], load.Rows.Select(
            row => (row.Code, row.Figure.Value, row.IsOver)));
        Assert.Equal("/own/workers/w-1", load.Rows[0].Href);
        var notes = OwnWords.LoadNotes(answer, English);
        Assert.StartsWith(
            "The municipality lets a worker have at most 50 clients with an open matter; 1 workers", notes[0]);
        Assert.StartsWith("29 clients whose matter is closed still have a worker", notes[2]);
    }

    [Theory]
    [InlineData("worklist ReviewsDue", "worklist: Plan reviews due")]
    [InlineData("find-clients by=name", "search for clients: name")]
    [InlineData("find-clients by=identityCode; exists", "search for clients: identity code, said to exist")]
    [InlineData("denied: timeline", "refused: timeline")]
    [InlineData("caseload workerId=w-1", "list of clients: worker w-1")]
    [InlineData("client", "client")]
    [InlineData("something-new of=later", "something-new: of=later")]
    public void What_was_used_has_words_for_its_parts(string what, string said) =>
        Assert.Equal(said, OwnWords.Used(what, English));

    private static DeadlineAnswer Due(string kind, int day, DateOnly? met) =>
        new(kind, new DateOnly(2019, 12, 1), new DateOnly(2020, 1, day), met);

    private static TimelineEntryAnswer Happened(long version, string type, int day) =>
        new(version, new DateOnly(2020, 1, day), default, "", "", [], null, "MATTER", type);

    private static ReadClientAnswer Client(DeadlineAnswer[] deadlines, params TimelineEntryAnswer[] timeline) => new(
        "c", null, null, 1980, true, new DateOnly(2018, 1, 1), null, null, null, null, null, deadlines,
        [new PlanAnswer("p", new DateOnly(2019, 5, 1), null, true, null, null, [], [], [], [])],
        new TimelineAnswer(timeline.Length, new EndAnswer(false, null), timeline));
}
