using System.Globalization;
using Microsoft.AspNetCore.Components;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>The rows of the operators' page.</summary>
public sealed partial class OperatorsView
{
    private const string None = "\u2013";

    [Parameter]
    [EditorRequired]
    public OperationsAnswer Now { get; set; } = null!;

    /// <summary>Null in a process that answers no GraphQL.</summary>
    [Parameter]
    public ReceiversAnswer? Receivers { get; set; }

    [CascadingParameter]
    public Language Words { get; set; } = null!;

    private IEnumerable<(string Name, string Value)> Process =>
    [
        (Words["ops.since"], Words.Instant(Now.Process.StartedAt)), (Words["ops.build"], Now.Process.Build),
        (Words["ops.engine"], Now.GraphQL?.Engine ?? None), (Words["ops.store"], Now.Process.Store),
        (Words["ops.host"], Now.Process.Host),
        (Words["ops.processId"], Now.Process.ProcessId.ToString(CultureInfo.InvariantCulture)),
        (Words["ops.memory"], OperationsWords.Megabytes(Now.Process.MemoryBytes, Words)),
        .. (Now.Providers ?? []).Select(one => (Words.Say("ops.provider", ("name", one.Name)),
            one.Trouble ?? Words.Count("ops.keys", one.Keys))),
    ];

    private IEnumerable<(string Name, string Value)> Writes =>
    [
        (Words["ops.waiting"], Words.Number(Now.Writes.Waiting)),
        (Words["ops.durable"], Words.Number(Now.Writes.Durable)),
        (Words["ops.groups"], Words.Number(Now.Writes.Groups)), (Words["ops.failed"], Words.Number(Now.Writes.Failed)),
    ];

    private IEnumerable<IReadOnlyList<string>> WriteRows =>
    [
        Row(Words["ops.groupSize"], Now.Writes.GroupSize), Row(Words["ops.queue"], Now.Writes.QueueMs),
        Row(Words["ops.fsync"], Now.Writes.FsyncMs),
    ];

    private IReadOnlyList<string> SiloHeads =>
    [
        Words["ops.silo"], Words["ops.host"], Words["ops.state"], Words["ops.since"], Words["ops.activations"],
        Words["ops.gateways"], Words["ops.heap"], "CPU %",
    ];

    private IReadOnlyList<string> CallHeads =>
        [.. Spread(Words["ops.call"], Words["ops.count"]), Words["ops.refused"], Words["ops.failed"]];

    private IReadOnlyList<string> ReceiverHeads =>
    [
        Words["ops.receiver"], Words["table.name"], Words["ops.state"], Words["ops.position"], Words["ops.attempts"],
        Words["ops.problem"],
    ];

    private IEnumerable<(string Name, string Value)> FeedOf(FeedAnswer feed) =>
    [
        (Words["ops.follows"], Words[feed.IsRunning ? "yes" : "no"]),
        (Words["ops.behind"], Words.Say("duration.s", ("n", Words.Number(feed.LagSeconds, 1)))),
        (Words["ops.position"], Words.Number(feed.Position)), (Words["ops.logAt"], Words.Number(feed.LogPosition)),
        (Words["ops.lastEvent"], feed.RecordedAt is { } last ? Words.Instant(last) : None),
        (Words["ops.watches"], Words.Number(feed.Watches)),
        (Words["ops.sockets"], Now.GraphQL is { } graphql ? Words.Number(graphql.Sockets) : None),
    ];

    private IEnumerable<(string Name, string Value)> CheckOf(CheckAnswer check) =>
    [
        (Words["ops.result"], Words[check.Checks == 0 ? "ops.notChecked"
            : check.Differences.Count == 0 ? "ops.equal" : "ops.differs"]),
        (Words["ops.checked"], check.CheckedAt is { } at ? Words.Instant(at) : None),
        (Words["ops.municipality"], check.Municipality ?? None),
        (Words["ops.round"], Words.Say("ops.ofRound", ("n", check.Round), ("all", check.Municipalities))),
        .. check.Differences.Select(one => (Words["ops.difference"], one)),
    ];

    private List<string> SiloRow(SiloAnswer silo) =>
    [
        silo.Silo, silo.Host, silo.State, Words.Instant(silo.StartedAt), Number(silo.Activations),
        Number(silo.Gateways),
        silo.HeapBytes is { } heap ? OperationsWords.Megabytes(heap, Words) : None,
        silo.CpuPercent is { } cpu ? Words.Number(cpu, 0) : None,
    ];

    private List<string> OperationRow(OperationAnswer one) => Row($"{one.Kind} {one.Outcome}", one.Ms, one.Count);

    private List<string> CallRow(CallAnswer call) =>
    [
        .. Row($"{call.Kind} {call.Command}", call.Ms, call.Count), Words.Number(call.Refused),
        Words.Number(call.Failed),
    ];

    private List<string> ReceiverRow(ReceiverAnswer one) =>
    [
        one.ReceiverId, one.Name,
        Words[one.Closed ? "ops.closed" : one.Paused ? "ops.paused" : "ops.open"],
        one.Delivery is { } delivery ? Words.Number(delivery.Position) : Words["figure.notYet"],
        one.Delivery is { } tried ? Words.Number(tried.Attempts) : None, one.Delivery?.Problem ?? None,
    ];

    private string Number(long? value) => value is { } known ? Words.Number(known) : None;

    private static List<string> Spread(params IEnumerable<string> first) => [.. first, "p50", "p95", "p99", "max"];

    private List<string> Row(string name, SpreadAnswer spread, long? count = null) =>
    [
        name, .. count is { } known ? [Words.Number(known)] : Array.Empty<string>(),
        .. new[] { spread.P50, spread.P95, spread.P99, spread.Most }
            .Select(value => OperationsWords.Milliseconds(spread, value, Words)),
    ];
}
