using System.Diagnostics;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Telemetry;
using OsstOrleans.Silo.Tests.Cluster;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Telemetry;

/// <summary>What telemetry says of calls that wait, and of calls that fail.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class FaultSpanTests : GatedSilo
{
    private IGrainCalls Grains => Silo.Grains;

    [Fact]
    public async Task Of_a_fault_the_type_is_told_and_never_the_message()
    {
        using var listening = new Listening();
        Gate.NextFault = new StoreFault("words of a fault");
        await Assert.ThrowsAsync<StoreFault>(async () => await Grains.Execute(Maija, Ask(Cases.Register)));
        var call = listening.Ended.Single(span => span.OperationName == "call");
        Assert.Equal((ActivityStatusCode.Error, null), (call.Status, call.StatusDescription));
        Assert.Equal(nameof(StoreFault), call.GetTagItem(Tags.Error));
        Assert.Equal(Outcomes.Fault, call.GetTagItem(Tags.Outcome));
        Assert.Equal((1, 0, 1), Figures("RegisterClient"));
    }

    [Fact]
    public async Task A_full_queue_is_a_limit_that_was_met_and_no_fault()
    {
        const int More = 1_100;
        await Register(Maija);
        Gate.Shut();
        var met = Met(LimitCodes.GrainBusy);
        var sent = Enumerable.Range(0, More).Select(_ => Send(Maija, Letter)).ToArray();
        await Assert.ThrowsAsync<LimitReached>(() => Task.WhenAny(sent).Unwrap());
        Gate.OpenDoor();
        var faults = await Task.WhenAll(sent.Select(one => Record.ExceptionAsync(() => one)));
        var refused = faults.Count(fault => fault is not null);
        Assert.Equal(met + refused, Met(LimitCodes.GrainBusy));
        Assert.Equal((More, refused, 0), Figures("RecordContactAttempt"));
    }

    [Fact]
    public async Task The_wait_for_a_turn_is_a_span_of_the_call_that_waited()
    {
        await Register(Maija);
        using var listening = new Listening();
        Gate.Shut();
        var first = Grains.Execute(Maija, Ask(Letter)).AsTask();
        await Gate.OneArrived();
        await Gate.OneArrived();
        var second = Grains.Execute(Maija, Ask(Letter)).AsTask();
        Gate.OpenDoor();
        await Task.WhenAll(first, second);
        var calls = listening.Ended.Where(span => span.OperationName == "call").OrderBy(c => c.StartTimeUtc).ToArray();
        var (held, waited) = (Below(calls[0], "turn"), Below(calls[1], "wait"));
        var most = TimeSpan.FromTicks(10); // A span's two ends come from two clocks.
        Assert.True(waited.StartTimeUtc + waited.Duration >= held.StartTimeUtc + held.Duration - most);

        Activity Below(Activity call, string name) =>
            listening.Ended.Single(span => span.OperationName == name && span.ParentSpanId == call.SpanId);
    }

    private static long Met(string code) => LimitCounts.All.FirstOrDefault(limit => limit.Code == code).Count;

    private (long Count, long Refused, long Failed) Figures(string command)
    {
        var figure = Silo.Calls.All.Single(figure => figure.Name == command);
        return (figure.Count, figure.Refused, figure.Failed);
    }
}
