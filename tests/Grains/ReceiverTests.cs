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
        receiver.When("2018-02-02", Dashboard).ThenNothing();
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
