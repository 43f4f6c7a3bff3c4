using System.Diagnostics;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>GraphQL operations of one process by kind and outcome.</summary>
internal sealed class GraphQLFigures
{
    /// <summary>The tag that names the kind of operation, as OpenTelemetry's conventions have it.</summary>
    public const string OperationTag = "graphql.operation.type";

    private static readonly string[] Kinds = ["query", "mutation", "subscription", "none"];
    private static readonly string[] Outcomes = ["success", "field-errors", "request-error"];

    private readonly LatencyFigure[] _figures =
        [.. from kind in Kinds from outcome in Outcomes select new LatencyFigure(kind, outcome)];

    private long _events;

    /// <summary>What operators see: those of which there was one.</summary>
    public GraphQLReport Report(string engine, int sockets) => new(
        engine,
        [
            .. _figures.Where(figure => figure.Count > 0)
                .Select(figure => new OperationReport(figure.Kind, figure.Outcome, figure.Count, figure.Ms)),
        ],
        Interlocked.Read(ref _events), sockets);

    /// <summary>An operation was answered.</summary>
    /// <param name="began">When it began, as <see cref="Stopwatch"/> counts.</param>
    /// <param name="result">How it ended.</param>
    /// <param name="span">Its span, if somebody listens.</param>
    public void Answered(long began, GraphQLResult result, Activity? span)
    {
        var took = Stopwatch.GetElapsedTime(began);
        var kind = result.Operation is { } operation ? (int)operation : Kinds.Length - 1;
        _figures[(kind * Outcomes.Length) + (int)result.Outcome].Add(took);
        Refused(result.FirstErrorCode);
        var outcome = Outcomes[(int)result.Outcome];
        if (GatewayInstruments.GraphQLLatency.Enabled)
        {
            GatewayInstruments.GraphQLLatency.Record(took.TotalMilliseconds, new TagList
            {
                { OperationTag, Kinds[kind] }, { Tags.Outcome, outcome }, { Tags.Code, result.FirstErrorCode },
            });
        }
        if (span is not null)
        {
            span.DisplayName = $"graphql {Kinds[kind]}";
            span.SetTag(OperationTag, Kinds[kind]).SetTag(Tags.Outcome, outcome);
            span.SetTag(Tags.Code, result.FirstErrorCode);
        }
    }

    /// <summary>An event was sent to a subscriber.</summary>
    public void Sent(GraphQLResult result)
    {
        Interlocked.Increment(ref _events);
        GatewayInstruments.SubscriptionEvents.Add(1);
        Refused(result.FirstErrorCode);
    }

    /// <summary>Counts an answer that tells of one of the gateway's own limits; the silo counts its own.</summary>
    public static void Refused(string? code)
    {
        if (code is GraphQLErrorCodes.Timeout || code?.StartsWith("LIMIT_", StringComparison.Ordinal) == true)
        {
            LimitCounts.Met(code);
        }
    }
}
