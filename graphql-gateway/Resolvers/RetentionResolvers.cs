using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A page of the clients whose time of keeping has ended.</summary>
internal sealed record RetentionPage(IReadOnlyList<RetentionItem> Nodes, bool HasNextPage, bool HasPreviousPage);

internal sealed record RetentionEdge(string Cursor, RetentionItem Node);

/// <summary>Whose time of keeping has ended, for a register's coordinators.</summary>
internal sealed class RetentionResolvers(Platform platform, PageSizes sizes)
{
    private const string List = "r1";

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "retentionDue", Due)
        .Object<RetentionPage>("RetentionConnection")
        .Plain<RetentionPage, IReadOnlyList<RetentionEdge>>(
            "RetentionConnection", "edges", page => [.. page.Nodes.Select(n => new RetentionEdge(CursorOf(n), n))])
        .Plain<RetentionPage, PageInfo>("RetentionConnection", "pageInfo",
            page => PageInfo.Of(page.Nodes, page.HasNextPage, page.HasPreviousPage, CursorOf))
        .Object<RetentionEdge>("RetentionEdge").Object<RetentionItem>("RetentionItem");

    private async ValueTask<RetentionPage> Due(FieldCall call)
    {
        var municipality = call.RegisterCoordinated();
        await CaseloadResolvers.Seen(platform, call);
        var first = sizes.Of(call, "first");
        var question = new RetentionQuestion(
            platform.Services.Clock().Today, call.Arguments.Get<bool>("held"), first + 1, AfterOf(call));
        RetentionItem[] found =
        [
            .. platform.Caseloads.AskEach(
                platform.Services.MunicipalitiesOf(municipality), caseload => caseload.RetentionDue(question))
                .SelectMany(some => some).OrderBy(item => item.ClosedOn).ThenBy(item => item.Since).Take(first + 1),
        ];
        var page = new RetentionPage([.. found.Take(first)], found.Length > first, question.After is not null);
        await platform.Uses.Listed(
            call.Caller(), municipality, "retention-due",
            [.. page.Nodes.Select(item => new ListedClient(item.ClientId, AccessBasis.Coordination))]);
        return page;
    }

    private static string CursorOf(RetentionItem item) => Cursors.Write(List, item.ClosedOn.DayNumber, item.Since);

    private static (DateOnly ClosedOn, long Since)? AfterOf(FieldCall call) =>
        Cursors.Asked(call, "after", List, numbers: 2) is not [var day, var since] ? null
        : day <= DateOnly.MaxValue.DayNumber ? (DateOnly.FromDayNumber((int)day), since)
        : throw Cursors.OfNoList("after");
}
