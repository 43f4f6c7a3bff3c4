using System.Diagnostics;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Telemetry;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Telemetry;

/// <summary>One trace tells where the time of one call went.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class SpanTests : SiloPlace
{
    private static readonly GrainName Client = GrainName.Client("c-distinctive-77");

    [Fact]
    public async Task A_command_is_one_trace_from_the_call_to_the_disk()
    {
        using var listening = new Listening();
        await Send(Client, Register);
        var call = listening.Ended.Single(span => span.OperationName == "call");
        var below = listening.Ended.Where(span => span.TraceId == call.TraceId).ToArray();
        var turn = Child(call, "turn");
        Assert.Equal(call.StartTimeUtc, Child(call, "wait").StartTimeUtc);
        Assert.Equal("client", Child(turn, "activate").GetTagItem(Tags.GrainType));
        var append = Child(turn, "append");
        Assert.Equal(append.StartTimeUtc, Child(append, "queue").StartTimeUtc);
        Assert.Equal(append.StartTimeUtc + append.Duration, End(Child(append, "fsync")));
        Assert.Equal(1, append.GetTagItem(Tags.GroupSize));
        Assert.Equal(("RegisterClient", Outcomes.Accepted),
            (turn.GetTagItem(Tags.Command), turn.GetTagItem(Tags.Outcome)));
        Assert.Equal(7, below.Length);

        Activity Child(Activity parent, string name) =>
            Assert.Single(below, span => span.OperationName == name && span.ParentSpanId == parent.SpanId);
    }

    [Fact]
    public async Task What_is_refused_says_so_by_a_word()
    {
        using var listening = new Listening();
        var ofAll = In(Role.Coordinator, null); // Others are not told whether there is such a client.
        await Silo.Grains.Execute(Client, Ask(Letter, ofAll));
        await Silo.Grains.Read<ClientState>(Client, ReadAs(ofAll));
        await Send(Client, Register);
        await Silo.Grains.Read<ClientState>(Client, ReadAs(In(Role.Researcher, null)));
        await Silo.Grains.Execute(Client, Ask(Letter, ifVersion: 7));
        Assert.Equal(
            [Outcomes.Rejected, Outcomes.NotFound, Outcomes.Accepted, Outcomes.Forbidden, Outcomes.VersionConflict],
            listening.Ended.Where(span => span.OperationName == "call")
                .Select(call => (string)call.GetTagItem(Tags.Outcome)!));
    }

    [Fact]
    public async Task No_tag_of_a_span_or_a_measurement_is_an_id_or_an_unknown_key()
    {
        var known = typeof(Tags).GetFields().Select(field => (string)field.GetValue(null)!).Append("type").ToArray();
        using var listening = new Listening();
        var reply = await Send(Client, Register);
        await Silo.Grains.Read<ClientState>(Client, ReadAs(Worker, ReadKind.History));
        await Assert.ThrowsAsync<LimitReached>(
            async () => await Silo.Caseloads.Clock.WaitFor(
                reply.Position + 1, TimeSpan.FromMilliseconds(1), TimeProvider.System, default));
        listening.Observe();
        var names = typeof(InstrumentNames).GetFields().Select(field => (string)field.GetValue(null)!).ToArray();
        Assert.All(listening.Measured, measured => Assert.Contains(measured.Name, names));
        var tags = listening.Ended.SelectMany(span => span.Tags).Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(listening.Measured.SelectMany(measured => measured.Tags.Split(
                ',', StringSplitOptions.RemoveEmptyEntries)))
            .Distinct().ToArray();
        Assert.All(tags, tag => Assert.Contains(tag.Split('=')[0], known));
        Assert.DoesNotContain(tags, tag => tag.Contains("distinctive") || tag.Contains(LastName)
            || tag.Contains(Worker.Subject));
        Assert.Contains($"{Tags.Code}={LimitCodes.NotYetVisible}", tags);
    }

    [Fact]
    public async Task Every_instrument_of_the_silo_measures_something()
    {
        using var listening = new Listening();
        await Send(Client, Register);
        await Silo.Grains.Read<ClientState>(Client, ReadAs(Worker));
        listening.Observe();
        var measured = listening.Measured.Select(m => m.Name).ToHashSet();
        Assert.Equal(
            [
                InstrumentNames.ActivationsDestroyed, InstrumentNames.WriteErrors, InstrumentNames.AntiEntropyAge,
                InstrumentNames.AntiEntropyChecks, InstrumentNames.DeadLetters, InstrumentNames.LimitRefusals,
            ],
            typeof(InstrumentNames).GetFields().Select(field => (string)field.GetValue(null)!)
                .Where(name => name != InstrumentNames.Meter && !measured.Contains(name))
                .Order(StringComparer.Ordinal));
        Assert.Contains(listening.Measured,
            m => m is { Name: InstrumentNames.Activations, Tags: "type=client", Value: 1 });
    }

    private static DateTime End(Activity span) => span.StartTimeUtc + span.Duration;
}
