using System.Text.Json;
using System.Text.Json.Nodes;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Engines.Orleans.Messages;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>What processes of a cluster say to each other, also when they are of two versions.</summary>
public sealed class MessageTests
{
    private static readonly HistoryEntry Entry = new(
        1, 7, "client.registered", Day, new DateTimeOffset(2019, 5, 2, 8, 0, 0, TimeSpan.Zero), "s/1", null);

    [Fact]
    public void Command_names_only_grow() => Golden.MayOnlyGrow("command-names.txt", CommandCatalogue.Names);

    [Fact]
    public void State_names_only_grow() => Golden.MayOnlyGrow("state-names.txt", GrainKinds.States.Keys);

    [Fact]
    public void Every_command_arrives_as_it_was_sent() => Assert.All(CommandCatalogue.Names, name =>
    {
        var command = (ICommand)new Filled().Of(CommandCatalogue.TypeOf(name)!);
        var sent = Ask(command, In(Role.Integration, Tampere), ifVersion: 3);
        var arrived = Sent(sent);
        Assert.Equal(StoredJson.Plain(command), StoredJson.Plain(arrived.Command));
        Assert.Equal(sent with { Command = arrived.Command }, arrived);
        Assert.Equal(sent.Caller.Actor, arrived.Caller.Actor);
    });

    [Fact]
    public void Every_event_of_a_history_arrives_as_it_was_sent() => Assert.All(EventCatalogue.Names, name =>
    {
        var happened = (IEvent)new Filled().Of(EventCatalogue.TypeOf(name)!);
        var arrived = Sent(new ReadAnswer(new ReadReply(
            ReadResult.Found, 1, 7, null, [Entry with { Type = name, Event = happened }])));
        var entry = Assert.Single(arrived.Reply!.History!);
        Assert.Equal(StoredJson.Plain(happened), StoredJson.Plain(entry.Event!));
    });

    [Fact]
    public void Every_state_arrives_as_it_was_sent() => Assert.All(GrainKinds.States.Values, type =>
    {
        var state = new Filled().Of(type);
        var arrived = Sent(new CommandAnswer(new CommandReply(ReplyKind.Accepted, 4, 9, state)));
        Assert.Equal(type, arrived.Reply!.State!.GetType());
        Assert.Equal(StoredJson.Plain(state), StoredJson.Plain(arrived.Reply.State));
    });

    [Fact]
    public void A_rejection_and_a_fault_arrive_typed()
    {
        var rejection = new Rejection(RejectionKind.IllegalStep, "PLAN_MISSING", "planId", "There is no plan.");
        var refused = Sent(new CommandAnswer(new CommandReply(ReplyKind.Rejected, 1, 1, null, rejection)));
        Assert.Equal(rejection, refused.Reply!.Rejection);
        var busy = Sent(new CommandAnswer(null, CallFault.Of(new LimitReached(LimitCodes.GrainBusy, "Busy."))));
        Assert.Equal(LimitCodes.GrainBusy, Assert.IsType<LimitReached>(busy.Fault!.ToException()).Code);
        var away = Sent(new ReadAnswer(null, CallFault.Of(new StoreFault("Away.") { IsPassing = true })));
        Assert.True(Assert.IsType<StoreFault>(away.Fault!.ToException()).IsPassing);
    }

    [Fact]
    public void A_fault_that_nobody_expected_arrives_without_its_message()
    {
        var answer = Sent(new ReadAnswer(null, CallFault.Of(new InvalidOperationException(LastName))));
        var met = answer.Fault!.ToException();
        Assert.StartsWith("InvalidOperationException at ", Assert.IsType<GrainFault>(met).Message);
        Assert.Equal(met.Message, GrainFault.Words(met));
    }

    [Fact]
    public void A_process_of_the_version_before_takes_an_unexpected_fault_for_one_of_the_store()
    {
        var answer = Json(new CommandAnswer(null, CallFault.Of(new InvalidOperationException())))!;
        answer["fault"]!.AsObject().Remove("unexpected");
        Assert.IsType<StoreFault>(Read<CommandAnswer>(answer).Fault!.ToException());
    }

    [Fact]
    public void A_field_of_a_newer_version_is_skipped_and_one_of_an_older_missing()
    {
        var json = Json(Ask(Letter))!;
        json["priority"] = 3;
        json["command"]!["value"]!["weather"] = new JsonObject { ["name"] = "rain" };
        json["command"]!["value"]!.AsObject().Remove("note");
        Assert.Equal(Letter, Read<CommandEnvelope>(json).Command);
    }

    [Fact]
    public void An_event_of_a_newer_version_is_null()
    {
        var answer = Json(new ReadAnswer(new ReadReply(
            ReadResult.Found, 1, 7, null, [Entry with { Event = (IEvent)new Filled().Of(typeof(ClientMoved)) }])))!;
        answer["reply"]!["history"]![0]!["event"]!["name"] = "client.promoted";
        Assert.Null(Assert.Single(Read<ReadAnswer>(answer).Reply!.History!).Event);
    }

    [Fact]
    public void A_command_of_a_newer_version_is_passed_on_as_it_came_and_refused_for_the_time_being()
    {
        var sent = Json(Ask(Letter))!;
        sent["command"]!["name"] = "PromoteClient";
        sent["command"]!["value"] = new JsonObject { ["rank"] = 3 };
        var arrived = Read<CommandEnvelope>(sent);
        Assert.IsType<UnknownCommand>(arrived.Command);
        Assert.Equal(Ask(Letter).Caller.Actor, arrived.Caller.Actor);
        Assert.True(JsonNode.DeepEquals(sent, Json(arrived)));
        Assert.True(Assert.IsType<StoreFault>(CallFault.OtherVersion.ToException()).IsPassing);
    }

    private static T Sent<T>(T message) => Read<T>(Json(message)!);

    /// <summary>Orleans writes a whole message as an object and reads it by the type that it has named.</summary>
    private static JsonNode? Json(object? message) =>
        JsonNode.Parse(JsonSerializer.Serialize(message, MessageJson.Options));

    private static T Read<T>(JsonNode json) => json.Deserialize<T>(MessageJson.Options)!;
}
