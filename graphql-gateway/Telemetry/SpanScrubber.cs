using System.Diagnostics;
using OpenTelemetry;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>
/// Lets out of a span what is on this list and nothing else. Others' spans know more than may leave: the web server's
/// have the address with its query, which of a GET is a GraphQL document; Orleans' have the ids of grains.
/// </summary>
internal sealed class SpanScrubber : BaseProcessor<Activity>
{
    private static readonly HashSet<string> Allowed =
    [
        Tags.GrainType, Tags.Command, Tags.Outcome, Tags.Code, Tags.Error, Tags.Store, Tags.GroupSize, Tags.Events,
        GraphQLFigures.OperationTag,
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme",
        "rpc.system.name", "rpc.method",
    ];

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.Where(tag => !Allowed.Contains(tag.Key)).ToArray())
        {
            data.SetTag(tag.Key, null);
        }
        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status); // A description is a fault's message.
        }
        data.TraceStateString = null;
        if (data.Source.Name == "Microsoft.AspNetCore")
        {
            data.DisplayName = $"{data.GetTagItem("http.request.method") ?? "HTTP"} {data.GetTagItem("http.route")}"
                .TrimEnd();
        }
        if (data.Events.Any() || data.Links.Any())
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded; // They cannot be taken away, so the span stays.
        }
    }
}
