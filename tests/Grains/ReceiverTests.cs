using OsstOrleans.Grains.Receiver;
using static OsstOrleans.Grains.Tests.Scenario;

namespace OsstOrleans.Grains.Tests;

/// <summary>Systems that are told of events.</summary>
public sealed class ReceiverTests
{
    private static readonly RegisterReceiver Dashboard =
        new("City of Tampere, dashboard", "follow-up of the experiment", "552/2019 41 §", "837",
            "https://receiver.example/osst")
        {
            EventTypes = ["client.referral-received", "client.plan-made"],
        };

    private static readonly RegisterReceiver Records =
        Dashboard with { Name = "Client record system", PersonalData = true };

    [Fact]
    public void A_receiver_is_registered_once()
    {
        var receiver = GivenReceiver().And("2018-02-01", Dashboard);

        Assert.Equal("https://receiver.example/osst", receiver.State.Endpoint);
        receiver.When("2018-02-03", Dashboard).ThenNothing();
        receiver.When("2018-02-02", Dashboard with { Name = "Other" })
            .ThenRefused(RejectionCodes.AlreadyRegistered, "id");
    }

    [Theory]
    [InlineData("http://receiver.example/osst")]
    [InlineData("ftp://receiver.example")]
    [InlineData("https://user:secret@receiver.example/")]
    [InlineData("/relative")]
    [InlineData("")]
    public void Events_leave_by_TLS_to_an_address_without_secrets(string endpoint) => GivenReceiver()
        .When("2018-02-01", Dashboard with { Endpoint = endpoint })
        .ThenRefused(RejectionCodes.EndpointInvalid, "endpoint");

    [Fact]
    public void A_receiver_under_development_listens_on_the_machine_itself() =>
        Assert.NotNull(GivenReceiver(On("2018-02-01", Dashboard with { Endpoint = "http://127.0.0.1:9000/" }))
            .State.Endpoint);

    [Fact]
    public void Somebody_must_be_told_or_may_ask() => GivenReceiver()
        .When("2018-02-01", Dashboard with { Endpoint = null })
        .ThenRefused(RejectionCodes.FieldRequired, "endpoint");

    [Fact]
    public void Only_events_that_there_are_can_be_had() => GivenReceiver()
        .When("2018-02-01", Dashboard with { EventTypes = ["client.promoted"] })
        .ThenRefused(RejectionCodes.UnknownValue, "eventTypes[0]");

    [Fact]
    public void Personal_data_leave_one_register_only() => GivenReceiver()
        .When("2018-02-01", Records with { Municipality = null })
        .ThenRefused(RejectionCodes.FieldRequired, "municipality");

    [Theory]
    [InlineData("client.referral-received")]
    [InlineData("municipality.duplicate-merge-decided")]
    [InlineData("drop-in-centre.visits-counted")]
    [InlineData(null)]
    public void Events_that_tell_of_persons_leave_one_register_only(string? type)
    {
        var all = Dashboard with { Municipality = null, EventTypes = type is null ? [] : [type] };
        GivenReceiver().When("2018-02-01", all).ThenRefused(RejectionCodes.FieldRequired, "municipality");
        Assert.True(GivenReceiver(On("2018-02-01", all with { Municipality = "837" }))
            .State.Registered!.MayGetPersonEvents());
    }

    [Fact]
    public void Events_that_tell_of_no_person_may_come_from_everywhere()
    {
        var calendar = Dashboard with { Municipality = null, EventTypes = ["drop-in-centre.closed-day-marked"] };
        Assert.False(GivenReceiver(On("2018-02-01", calendar)).State.Registered!.MayGetPersonEvents());
        Assert.Null(ReceiverDecider.TellsOfPersons(calendar));
    }

    [Fact]
    public void A_refusal_names_the_first_event_that_tells_of_persons()
    {
        string[] types = ["drop-in-centre.closed-day-marked", "client.promoted", "municipality.social-worker-added"];
        var refused = ReceiverDecider.TellsOfPersons(Dashboard with { EventTypes = types });
        Assert.Equal((RejectionCodes.PersonEventsNotAllowed, "eventTypes[2]"), (refused!.Code, refused.Field));
        refused = ReceiverDecider.TellsOfPersons(Dashboard with { EventTypes = [] });
        Assert.Equal((RejectionCodes.PersonEventsNotAllowed, "eventTypes"), (refused!.Code, refused.Field));
    }

    /// <summary>As it was stored before events that tell of persons had a rule of their own.</summary>
    [Fact]
    public void An_old_registration_lets_no_event_out_that_tells_of_persons_until_it_is_sent_again()
    {
        var now = GivenReceiver(On("2018-02-01", Dashboard)).State;
        var old = now with { Registered = now.Registered! with { PersonEvents = false } };
        Assert.False(ReceiverDecider.SendsPersonalData(old));
        var allowed = ReceiverDecider.Decide(old, Dashboard, At("2018-02-02"));
        var again = Assert.IsType<ReceiverRegistered>(Assert.Single(allowed.Events));
        Assert.True(ReceiverDecider.SendsPersonalData(ReceiverDecider.Evolve(old, again, Day("2018-02-02"))));
        Assert.Empty(ReceiverDecider.Decide(old with { Closed = true }, Dashboard, At("2018-02-02")).Events);
    }

    /// <summary>Where a person's own words go, a coordinator always decided.</summary>
    [Fact]
    public void An_old_registration_for_a_persons_own_words_goes_on()
    {
        var now = GivenReceiver(On("2018-02-01", Records)).State;
        var old = now with { Registered = now.Registered! with { PersonEvents = false } };
        Assert.True(ReceiverDecider.SendsPersonalData(old));
        Assert.Empty(ReceiverDecider.Decide(old, Records, At("2018-02-03")).Events);
    }

    /// <summary>Who had let them may have lost the right to.</summary>
    [Fact]
    public void Another_coordinator_who_sends_a_registration_again_answers_for_it()
    {
        var receiver = GivenReceiver(On("2018-02-01", Dashboard)).When("2018-02-02", Dashboard);
        var again = Assert.IsType<ReceiverRegistered>(Assert.Single(receiver.Latest.Events));
        Assert.Equal(At("2018-02-02").Actor, again.RegisteredBy);
        receiver.When("2018-02-02", Dashboard).ThenNothing();
    }

    [Fact]
    public void Where_personal_data_go_does_not_change() => GivenReceiver(On("2018-02-01", Records))
        .When("2018-02-02", new ChangeReceiverEndpoint("https://elsewhere.example/"))
        .ThenRefused(RejectionCodes.PersonalDataFixed, "endpoint");

    [Fact]
    public void Coded_data_may_go_elsewhere() => GivenReceiver(On("2018-02-01", Dashboard))
        .When("2018-02-02", new ChangeReceiverEndpoint("https://elsewhere.example/"))
        .Then(new ReceiverEndpointChanged("https://elsewhere.example/"));

    [Fact]
    public void A_pause_ends()
    {
        var receiver = GivenReceiver(On("2018-02-01", Dashboard)).And("2018-02-02", new PauseReceiver());
        Assert.True(receiver.State.Paused);
        receiver.And("2018-02-03", new ResumeReceiver());
        Assert.False(receiver.State.Paused);
        receiver.When("2018-02-03", new ResumeReceiver()).ThenNothing();
    }

    [Fact]
    public void Secrets_are_numbered() => GivenReceiver(On("2018-02-01", Dashboard))
        .When("2018-02-02", new RotateReceiverSecret())
        .Then(new ReceiverSecretRotated(2));

    [Fact]
    public void What_is_closed_stays_closed()
    {
        var receiver = GivenReceiver(On("2018-02-01", Dashboard)).And("2018-02-02", new CloseReceiver());
        receiver.When("2018-02-02", new CloseReceiver()).ThenNothing();
        receiver.When("2018-02-02", new ResumeReceiver()).ThenRefused(RejectionCodes.ReceiverIsClosed, "id");
    }
}
