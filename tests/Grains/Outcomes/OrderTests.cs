using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Grains.Outcomes;
using OsstOrleans.Grains.Rows;
using Xunit.Abstractions;
using static OsstOrleans.Grains.Tests.Sample;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests.Outcomes;

/// <summary>The order in which things are recorded, settled or packed moves no figure.</summary>
public sealed class OrderTests(ITestOutputHelper output)
{
    private const int Orders = 200;
    private const int Apart = 1_000;

    private static readonly RecordContactAttempt Letter = new(ContactChannel.Letter, Reached: true);

    [Fact]
    public void Any_order_of_a_lifes_events_gives_the_same_sums()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var lives = Lives();
        var expected = Fold(lives, random, shuffled: false);
        Assert.NotEmpty(expected);
        for (var order = 0; order < Orders; order++)
        {
            Assert.Equal(expected, Fold(lives, random, shuffled: true));
        }
    }

    /// <summary>A client's history without one entry after the other, and with all of them again: each time the sums
    /// are those of a book that never knew it.</summary>
    [Fact]
    public void An_entry_recorded_in_error_moves_every_sum_back_and_comes_again()
    {
        var lives = Lives();
        var book = new OutcomeBook();
        Apply(book, lives, lives.SelectMany((life, i) => life.Select(e => (i, e))));
        book.Settle();
        var whole = book.Lines().ToList();
        for (var life = 0; life < lives.Length; life++)
        {
            for (var left = 1; left < lives[life].Count; left++)
            {
                var without = lives.ToArray();
                without[life] = [.. lives[life].Where((_, at) => at != left)];
                var fresh = new OutcomeBook();
                Apply(fresh, lives, without.SelectMany((it, i) => it.Select(e => (i, e))));
                fresh.Settle();
                book.Replace(KeyOf(life), [.. without[life].Select(e => Placed(life, e))]);
                book.Settle();
                Assert.Equal(fresh.Lines(), book.Lines());
            }
            book.Replace(KeyOf(life), [.. lives[life].Select(e => Placed(life, e))]);
            book.Settle();
            Assert.Equal(whole, book.Lines());
        }
    }

    [Fact]
    public void An_image_of_a_book_goes_on_as_the_book_does()
    {
        var (book, lives) = (new OutcomeBook(), Lives());
        Apply(book, lives, [.. lives.SelectMany((life, i) => life.Take(5).Select(e => (i, e))), .. Coverage()]);
        book.Settle();
        var image = Image.ToWrite();
        book.Imprint(image);
        var copy = new OutcomeBook();
        copy.Imprint(Image.ToRead(image.Written.ToArray()));
        Assert.Equal(book.Lines(), copy.Lines());
        foreach (var one in (OutcomeBook[])[book, copy])
        {
            Apply(one, lives, lives.SelectMany((life, i) => life.Skip(5).Select(e => (i, e))));
            one.Settle();
        }
        Assert.Equal(Fold(lives, new Random(1), shuffled: false), copy.Lines());
        Assert.Equal(book.Lines(), copy.Lines());
    }

    [Fact]
    public void Clients_are_shared_out_among_all_books()
    {
        var books = Enumerable.Range(0, 200).Select(i => OutcomeBook.ShareOf($"client-{i}", 8)).Distinct();
        Assert.Equal(Enumerable.Range(0, 8), books.Order());
    }

    [Fact]
    public void An_event_taken_in_twice_counts_once()
    {
        var (book, lives) = (new OutcomeBook(), Lives());
        Apply(book, lives, [
            .. lives.SelectMany((life, i) => life.Concat(life).Select(e => (i, e))), .. Coverage(), .. Coverage(),
        ]);
        book.Settle();
        Assert.Equal(Fold(lives, new Random(1), shuffled: false), book.Lines());
    }

    private static IReadOnlyList<PastEvent>[] Lives() =>
    [
        Life([.. Booked, On("2018-02-05", Letter), On("2018-02-20", new AttendMeeting("m1", Minutes: 45)),
            On("2018-03-01", Assessing), On("2018-03-10", Planning with { NextReviewOn = Day("2018-06-10") }),
            .. Dose, On("2018-06-10", Reviewing with { NextReviewOn = Day("2018-09-09") }),
            On("2018-09-10", Reviewing with { FilledWithClient = false }),
            Began(EmploymentKind.WorkTrial, "2018-10-01"), Began(EmploymentKind.Study, "2018-09-01"),
            Began(EmploymentKind.RehabilitativeWork, "2018-11-01"), .. Paid(2, 3, 4, 9),
            On("2018-03-01", new GiveMeasureConsent()), On("2018-03-01", Answers(2)), On("2018-09-10", Answers(4)),
            On("2018-09-10", Answers(3))]),
        Life([.. Referred, On("2018-02-03", new RecordReferralNotInvestigated("r1", Words("No staff"))),
            On("2018-05-01", FromKela with { ReferralId = "r2", Reason = ReferralReason.Reduction20 }),
            On("2018-05-09", Letter with { Reached = false }), On("2018-06-01", new MoveToMunicipality("837")),
            On("2018-08-01", Letter), Began(EmploymentKind.OpenLabourMarket, "2018-09-01"),
            .. Paid(1, 2, 3, 4, 5, 6, 7, 8),
            On("2018-02-01", new GiveMeasureConsent()), On("2018-02-02", Answers(1)), On("2018-08-01", Answers(5)),
            On("2018-08-02", new WithdrawMeasureConsent()), On("2018-08-03", new GiveMeasureConsent()),
            On("2018-08-03", Answers(2))]),
        Life([.. Booked, On("2018-02-21", new MissMeeting("m1")),
            On("2018-03-02", Booking with { MeetingId = "m2", MeetingOn = Day("2018-04-01"), ReferralId = "r1" }),
            On("2018-04-01", new AttendMeeting("m2")),
            On("2018-07-01", new CloseMatter(ClosingReason.Died)),
            Began(EmploymentKind.SubsidisedWork, "2018-01-20"), .. Paid(2, 3, 4, 5)]),
        Life([.. Booked, On("2018-02-20", new AttendMeeting("m1")), .. Paid(1, 2, 3),
            On("2018-05-01", new CloseMatter(ClosingReason.MovedAway)), On("2018-05-03", new ReopenMatter()),
            On("2018-08-01", new EraseClient(ErasureReason.Ordered))]),
    ];

    private static Step[] Dose =>
    [
        On("2018-03-20", Booking with { MeetingId = "m9", MeetingOn = Day("2018-04-02") }),
        On("2018-04-02", new AttendMeeting("m9", Minutes: 100)),
        On("2018-04-03", Letter with { Channel = ContactChannel.Phone, Minutes = 15 }),
        On("2018-04-03", Letter with { Channel = ContactChannel.Phone, Minutes = 15 }),
    ];

    private static Step Began(EmploymentKind kind, string day) =>
        On(Today, new RecordEmploymentOutcome(kind, Day(day)));

    /// <summary>What was said of coverage between the comings of the clients, and after them.</summary>
    private static IEnumerable<(int, PastEvent)> Coverage() => Enumerable.Range(1, 4).Select(i => (-1, new PastEvent(
        i, (Apart * i) + (Apart / 2), "320",
        i == 3
            ? new RegisterCoverageWithdrawn("kela", "2018-01", "2018-03")
            : new RegisterCoverageRecorded("kela", "2017-01", $"2019-0{i}"),
        Day("2019-12-01"), DateTimeOffset.UnixEpoch)));

    private static IReadOnlyList<PastEvent> Life(Step[] steps) => GivenClient(steps).Past;

    private static RecordMeasureAnswers Answers(int value) => new("ESIS") { Answers = Esis(value) };

    private static IEnumerable<Step> Paid(params int[] months) =>
        months.Select(month => On(Today, new RecordBenefitMonth($"2018-{month:00}", 50_000, 0)));

    private static List<string> Fold(IReadOnlyList<PastEvent>[] lives, Random random, bool shuffled)
    {
        var book = new OutcomeBook();
        (int, PastEvent)[] events = [.. lives.SelectMany((life, i) => life.Select(e => (i, e))), .. Coverage()];
        if (shuffled)
        {
            random.Shuffle(events);
        }
        foreach (var some in events.Chunk(shuffled ? random.Next(1, 9) : 100))
        {
            Apply(book, lives, some);
            book.Settle();
        }
        return [.. book.Lines()];
    }

    private static void Apply(
        OutcomeBook book, IReadOnlyList<PastEvent>[] lives, IEnumerable<(int Life, PastEvent Event)> events)
    {
        foreach (var (life, happened) in events)
        {
            if (life < 0)
            {
                book.ApplyOwn("320", happened.Happened!, happened.Position);
                continue;
            }
            Assert.InRange(life, 0, lives.Length - 1);
            book.Apply(KeyOf(life), happened.Happened!, happened.OccurredOn, Placed(life, happened).Position);
        }
    }

    private static string KeyOf(int life) => $"client-{life}-of-3";

    /// <summary>The same entry at its place in the log of all lives.</summary>
    private static PastEvent Placed(int life, PastEvent happened) =>
        happened with { Position = (Apart * (life + 1)) + happened.Version };
}
