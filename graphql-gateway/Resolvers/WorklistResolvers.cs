using OsstOrleans.Grains.Caseload;
using OsstOrleans.Grains.Rows;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>The worklists of a municipality, or of one worker there, on one day.</summary>
/// <param name="Stream">What the subscription has shown already; null for a single answer.</param>
internal sealed record WorklistsView(
    AsOf AsOf, string Municipality, WorklistQuestion Question, ListStream? Stream = null);

/// <summary>One list; its items are read when they are asked for.</summary>
internal sealed record WorklistView(WorklistKind Kind, int Count, WorklistsView Of);

/// <summary>A page of a list.</summary>
internal sealed record WorklistPage(IReadOnlyList<WorklistItem> Nodes, bool HasNextPage, bool HasPreviousPage);

internal sealed record WorklistEdge(string Cursor, WorklistItem Node);

/// <summary>Who waits for what: the lists that a worker's day begins with.</summary>
internal sealed class WorklistResolvers(Platform platform, PageSizes sizes)
{
    private const int MaxSilence = 3_660;

    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "worklists", Find)
        .Object<WorklistsView>("Worklists")
        .Batch<WorklistsView, IReadOnlyList<WorklistView>>("Worklists", "lists", Lists)
        .Object<WorklistView>("Worklist")
        .Batch<WorklistView, WorklistPage>("Worklist", "items", Items)
        .Object<WorklistPage>("WorklistConnection")
        .Plain<WorklistPage, IReadOnlyList<WorklistEdge>>(
            "WorklistConnection", "edges", page => [.. page.Nodes.Select(n => new WorklistEdge(CursorOf(n), n))])
        .Plain<WorklistPage, PageInfo>("WorklistConnection", "pageInfo",
            page => PageInfo.Of(page.Nodes, page.HasNextPage, page.HasPreviousPage, CursorOf))
        .Object<WorklistEdge>("WorklistEdge").Object<WorklistItem>("WorklistItem");

    /// <summary>The lists as they are now.</summary>
    /// <exception cref="FieldFault">The caller may not read the caseload.</exception>
    /// <param name="call">The call.</param>
    /// <param name="stream">What the subscription has shown already; null for a single answer.</param>
    public WorklistsView Now(FieldCall call, ListStream? stream = null)
    {
        var municipality = call.RegisterAsked();
        var silence = call.Arguments.Get<int>("notHeardOfDays");
        if (silence is < 1 or > MaxSilence)
        {
            throw CaseloadResolvers.BadInput("notHeardOfDays", $"Days of silence are 1 to {MaxSilence}.");
        }
        var question = new WorklistQuestion(
            platform.Services.Clock().Today, CaseloadResolvers.WorkerOf(call.Arguments), silence)
        {
            SeenBy = platform.Staff.SightOf(call.Caller(), municipality),
        };
        return new WorklistsView(platform.Caseloads.Clock.Now, municipality, question, stream);
    }

    private async ValueTask<WorklistsView> Find(FieldCall call)
    {
        await CaseloadResolvers.Seen(platform, call);
        return Now(call);
    }

    private ValueTask<IReadOnlyList<IReadOnlyList<WorklistView>>> Lists(
        IReadOnlyList<WorklistsView> views, FieldCall call)
    {
        var kinds = call.Arguments.GetOrDefault<IReadOnlyList<WorklistKind>>("kinds")?.Distinct().ToArray()
            ?? Enum.GetValues<WorklistKind>();
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<WorklistView>>>([.. views.Select(view =>
            Ask(view, view.Question with { Kinds = kinds })
                .Select(list => new WorklistView(list.Kind, list.Count, view)).ToArray())]);
    }

    /// <summary>The lists of one view stand beside each other, so one pass over the caseload fills them all.</summary>
    private async ValueTask<IReadOnlyList<WorklistPage>> Items(IReadOnlyList<WorklistView> lists, FieldCall call)
    {
        var first = sizes.Of(call, "first");
        var after = AfterOf(call);
        var pages = new Dictionary<WorklistView, WorklistPage>(ReferenceEqualityComparer.Instance);
        foreach (var view in lists.GroupBy(list => list.Of, ReferenceEqualityComparer.Instance))
        {
            var asked = view.ToArray();
            var question = asked[0].Of.Question with
            {
                Kinds = [.. asked.Select(list => list.Kind)],
                Max = first + 1,
                After = after,
            };
            foreach (var (list, found) in asked.Zip(Ask(asked[0].Of, question)))
            {
                pages[list] = new WorklistPage(
                    [.. found.Items.Take(first)], found.Items.Count > first, after is not null);
                await platform.Listed(
                    call.Caller(), list.Of.Municipality, $"worklist {list.Kind}",
                    pages[list].Nodes.Select(item => item.Entry), list.Of.Question.SeenBy, list.Of.Stream);
            }
        }
        return [.. lists.Select(list => pages[list])];
    }

    private IReadOnlyList<Worklist> Ask(WorklistsView view, WorklistQuestion question) =>
        platform.Services.MunicipalitiesOf(view.Municipality) is [var only]
            ? platform.Caseloads.Ask(only, caseload => caseload.Worklists(question)) ?? Joined(question, [])
            : Joined(question, [.. platform.Caseloads.AskEach(
                platform.Services.MunicipalitiesOf(view.Municipality), caseload => caseload.Worklists(question))]);

    /// <summary>The lists of a register's municipalities as one, in the order of each.</summary>
    private static Worklist[] Joined(WorklistQuestion question, IReadOnlyList<IReadOnlyList<Worklist>> parts) =>
    [
        .. question.Kinds.Select((kind, place) => new Worklist(
            kind, parts.Sum(lists => lists[place].Count),
            [
                .. parts.SelectMany(lists => lists[place].Items)
                    .OrderBy(item => item.DueOn).ThenBy(item => item.Entry.Since).Take(question.Max),
            ])),
    ];

    private static string CursorOf(WorklistItem item) =>
        Cursors.Write("w1", item.DueOn.DayNumber, item.Entry.Since);

    private static (DateOnly DueOn, long Since)? AfterOf(FieldCall call) =>
        Cursors.Asked(call, "after", "w1", numbers: 2) is not [var day, var since] ? null
        : day <= DateOnly.MaxValue.DayNumber ? (DateOnly.FromDayNumber((int)day), since)
        : throw Cursors.OfNoList("after");
}
