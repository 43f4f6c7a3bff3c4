using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Messages;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Messages;

/// <summary>What processes of a cluster say to each other, also when they are of two versions.</summary>
public sealed class MessageTests
{
    private static readonly Serializer Serializer = MakeSerializer();

    private static readonly HistoryEntry Entry = new(
        1, 7, "client.registered", Day, new DateTimeOffset(2019, 5, 2, 8, 0, 0, TimeSpan.Zero), "s/1", null);

    [Fact]
    public void Message_names_only_grow() => Golden.MayOnlyGrow("message-names.txt", MessageNames.All);

    [Fact]
    public void Every_command_arrives_as_it_was_sent() => Assert.All(Commands, type =>
    {
        var command = (ICommand)new Filled().Of(type);
        Assert.Equal(StoredJson.Plain(command), StoredJson.Plain(Sent(command)));
    });

    [Fact]
    public void An_envelope_arrives_as_it_was_sent()
    {
        var envelope = Ask(Letter, In(Role.Integration, Tampere), ifVersion: 3).Envelope;
        var arrived = Sent(envelope);
        Assert.Equal(envelope, arrived);
        Assert.Equal(envelope.Caller.Actor, arrived.Caller.Actor);
    }

    [Fact]
    public void Every_event_of_a_history_arrives_as_it_was_sent() => Assert.All(EventCatalogue.Names, name =>
    {
        var happened = (IEvent)new Filled().Of(EventCatalogue.TypeOf(name)!);
        var arrived = Sent(new ReadReply<ClientState>(
            ReadResult.Found, 1, 7, null, [Entry with { Type = name, Event = happened }]));
        Assert.Equal(StoredJson.Plain(happened), StoredJson.Plain(Assert.Single(arrived.History!).Event!));
    });

    [Fact]
    public void Every_state_arrives_as_it_was_sent() => Assert.All(GrainKinds.States.Values, type =>
    {
        var reply = typeof(ReadReply<>).MakeGenericType(type);
        var state = new Filled().Of(type);
        var sent = Activator.CreateInstance(reply, ReadResult.Found, 4L, 9L, state, null, null)!;
        var arrived = reply.GetProperty("State")!.GetValue(Sent(sent))!;
        Assert.Equal(type, arrived.GetType());
        Assert.Equal(StoredJson.Plain(state), StoredJson.Plain(arrived));
    });

    [Fact]
    public void A_rejection_and_a_fault_arrive_typed()
    {
        var rejection = new Rejection(RejectionKind.IllegalStep, "PLAN_MISSING", "planId", "There is no plan.");
        Assert.Equal(rejection, Sent(new CommandReply(ReplyKind.Rejected, 1, 1, rejection)).Rejection);
        var busy = Sent(new LimitReached(LimitCodes.GrainBusy, "Busy."));
        Assert.Equal((LimitCodes.GrainBusy, "Busy."), (busy.Code, busy.Message));
        Assert.Equal((true, "Away."), Sent(new StoreFault("Away.") { IsPassing = true }) is var away
            ? (away.IsPassing, away.Message) : default);
        Assert.Equal("X at y", Sent(new GrainFault("X at y")).Message);
    }

    [Fact]
    public void No_name_of_a_type_is_in_a_message()
    {
        object[] all =
        [
            Letter, Ask(Letter).Envelope, ReadAs(Worker), new CommandReply(ReplyKind.Accepted, 1, 1),
            new ReadReply<ClientState>(ReadResult.Found, 1, 1, ClientDecider.Initial, [Entry]),
            new StoreFault("Away."), new LimitReached("CODE", "Busy."), new GrainFault("X"),
        ];
        Assert.All(all, message => Assert.DoesNotContain(
            "OsstOrleans", System.Text.Encoding.Latin1.GetString(Serializer.SerializeToArray(message))));
    }

    [Fact]
    public void A_field_of_a_newer_version_is_skipped_and_one_of_an_older_missing()
    {
        var (name, json) = Json(Letter);
        json["weather"] = new JsonObject { ["name"] = "rain" };
        json.AsObject().Remove("note");
        Assert.Equal(Letter, Read(name, json));
    }

    [Fact]
    public void An_event_of_a_newer_version_is_null()
    {
        var (name, json) = Json(new ReadReply<ClientState>(
            ReadResult.Found, 1, 7, null, [Entry with { Event = (IEvent)new Filled().Of(typeof(ClientMoved)) }]));
        json["history"]![0]!["event"]!["name"] = "client.promoted";
        Assert.Null(Assert.Single(((ReadReply<ClientState>)Read(name, json)!).History!).Event);
    }

    [Fact]
    public void A_command_of_a_newer_version_is_passed_on_as_it_came()
    {
        var sent = new UnknownCommand("PromoteClient", """{"rank":3}"""u8.ToArray());
        var arrived = Assert.IsType<UnknownCommand>(Sent<ICommand>(sent));
        Assert.Equal((sent.Name, Convert.ToHexString(sent.Json)), (arrived.Name, Convert.ToHexString(arrived.Json)));
        Assert.True(StoreFault.OtherVersion.IsPassing);
    }

    private static IEnumerable<Type> Commands =>
        MessageNames.All.Select(name => MessageNames.TypeOf(name)!)
            .Where(type => type.IsAssignableTo(typeof(ICommand)));

    private static Serializer MakeSerializer()
    {
        var services = new ServiceCollection();
        services.AddSerializer();
        MessageCodec.AddTo(services);
        return services.BuildServiceProvider().GetRequiredService<Serializer>();
    }

    /// <summary>Through Orleans' own serializer, as between two processes.</summary>
    private static T Sent<T>(T message) =>
        (T)Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(message!))!;

    private static (string Name, JsonNode Json) Json(object message) =>
        MessageJson.Write(message) is var (name, json) ? (name, JsonNode.Parse(json)!) : default;

    private static object? Read(string name, JsonNode json) =>
        MessageJson.Read(name, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
}
