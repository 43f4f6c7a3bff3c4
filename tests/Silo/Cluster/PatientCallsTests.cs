using System.Text.Json;
using Orleans.Runtime;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Hosting;
using OsstOrleans.Silo.Cluster;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Cluster;

/// <summary>What a caller sees of a cluster that loses calls and answers; the grain's host is real.</summary>
public sealed class PatientCallsTests : Place
{
    /// <summary>What a silo that leaves was seen to reject calls with, and what a rejection may bring.</summary>
    public static TheoryData<Exception> Losses =>
    [
        new TimeoutException(), new SiloUnavailableException(), new ObjectDisposedException("IServiceProvider"),
        new OperationCanceledException(), new InvalidOperationException("No longer running."), new IOException(),
    ];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_call_that_the_cluster_loses_is_made_again_and_happens_once(Exception loss)
    {
        var wire = new Wire(Host(Maija)) { Losses = new([loss, loss]) };
        var reply = await Time.Passing(TimeSpan.FromSeconds(1), Calls(wire).Execute(Maija, Ask(Register)));
        Assert.Equal((ReplyKind.Accepted, 1L, false), (reply.Kind, reply.Version, reply.IsRetry));
        Assert.Equal(3, wire.Calls);
    }

    [Fact]
    public async Task A_call_whose_answer_is_lost_answers_with_its_first_outcome()
    {
        var wire = new Wire(Host(Maija)) { Losses = new([new SiloUnavailableException()]), LosesAnswers = true };
        var reply = await Time.Passing(TimeSpan.FromSeconds(1), Calls(wire).Execute(Maija, Ask(Register)));
        Assert.Equal((ReplyKind.Accepted, 1L, true), (reply.Kind, reply.Version, reply.IsRetry));
    }

    [Fact]
    public async Task A_cluster_that_stays_away_is_a_passing_fault_of_the_store()
    {
        var wire = new Wire(Host(Maija)) { Losses = new(Enumerable.Repeat(new TimeoutException(), 1_000)) };
        var fault = await Assert.ThrowsAsync<StoreFault>(
            () => Time.Passing(TimeSpan.FromSeconds(10), Calls(wire).Execute(Maija, Ask(Register))));
        Assert.True(fault.IsPassing);
        Assert.Equal(4, wire.Calls); // After 0, 10, 20 and 30 seconds.
    }

    [Fact]
    public async Task Patience_begins_with_the_call_and_not_with_its_first_fault()
    {
        var wire = new Wire(Host(Maija)) { Losses = new([new TimeoutException(), new TimeoutException()]) };
        wire.BeforeEach = () => Time.Advance(TimeSpan.FromMinutes(1)); // As long as a silo that is alone may take.
        Assert.True((await Assert.ThrowsAsync<StoreFault>(
            async () => await Calls(wire).Execute(Maija, Ask(Register)))).IsPassing);
        Assert.Equal(1, wire.Calls);
    }

    [Fact]
    public async Task A_request_that_is_over_makes_no_further_try_and_gets_the_answer_of_the_one_under_way()
    {
        using var over = new CancellationTokenSource();
        var wire = new Wire(Host(Maija)) { Losses = new(Enumerable.Repeat(new SiloUnavailableException(), 1_000)) };
        wire.BeforeEach = () => (wire.Calls > 2 ? over : null)?.Cancel();
        Assert.True((await Assert.ThrowsAsync<StoreFault>(() => Time.Passing(
            TimeSpan.FromSeconds(1), Calls(wire).Until(over.Token).Execute(Maija, Ask(Register))))).IsPassing);
        Assert.Equal(3, wire.Calls);
        wire.Losses.Clear();
        var reply = await Calls(wire).Until(over.Token).Execute(Maija, Ask(Register));
        Assert.Equal((ReplyKind.Accepted, 4), (reply.Kind, wire.Calls));
    }

    [Fact]
    public async Task A_message_that_a_silo_cannot_read_is_one_of_another_version()
    {
        var wire = new Wire(Host(Maija)) { Losses = new([new JsonException()]) };
        var fault = await Assert.ThrowsAsync<StoreFault>(
            async () => await Calls(wire).Execute(Maija, Ask(Register)));
        Assert.Equal(StoreFault.OtherVersion.Message, fault.Message);
    }

    [Fact]
    public async Task What_a_grain_met_is_not_asked_again()
    {
        Exception[] answers = [new StoreFault("Full."), new GrainFault("X at y"), new LimitReached("C", "m")];
        foreach (var met in answers)
        {
            var wire = new Wire(Host(Maija)) { Losses = new([met]) };
            Assert.Same(met, await Record.ExceptionAsync(
                async () => await Calls(wire).Execute(Maija, Ask(Register))));
            Assert.Equal(1, wire.Calls);
        }
    }

    [Fact]
    public async Task A_read_that_the_cluster_loses_is_a_passing_fault_as_a_command_is()
    {
        var wire = new Wire(Host(Maija)) { Losses = new(Enumerable.Repeat(new SiloUnavailableException(), 1_000)) };
        var fault = await Assert.ThrowsAsync<StoreFault>(() => Time.Passing(
            TimeSpan.FromSeconds(10), Calls(wire).Read<ClientState>(Maija, ReadAs(Worker))));
        Assert.True(fault.IsPassing);
    }

    private PatientCalls Calls(Wire wire) => new(wire, new CallFigures(Instruments.CallLatency), Time);

    /// <summary>A way to a grain on which calls, or their answers, get lost.</summary>
    private sealed class Wire(IGrainHost<ClientState> host) : IGrainCalls
    {
        public Queue<Exception> Losses { get; init; } = [];

        public bool LosesAnswers { get; init; }

        public Action? BeforeEach { get; set; }

        public int Calls { get; private set; }

        public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
        {
            Calls++;
            BeforeEach?.Invoke();
            var isLost = Losses.TryDequeue(out var loss);
            if (isLost && !LosesAnswers)
            {
                throw loss!;
            }
            var reply = await host.Execute(command, envelope);
            return isLost ? throw loss! : reply;
        }

        public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class => Losses.TryDequeue(out var loss)
                ? throw loss
                : (ReadReply<TState>)(object)await host.Read(request);
    }
}
