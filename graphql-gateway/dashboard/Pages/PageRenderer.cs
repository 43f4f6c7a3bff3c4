using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>
/// Renders components to HTML, once and for good: no page keeps anything on the server. Components get what they show
/// as parameters, so rendering never waits.
/// </summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>A whole page.</summary>
    public Task<string> Page(PageBody body, Language words, Visit visit) => Render(words, visit, builder =>
    {
        builder.OpenComponent<PageFrame>(0);
        builder.AddComponentParameter(1, nameof(PageFrame.Title), body.Title);
        builder.AddComponentParameter(2, nameof(PageFrame.ChildContent), (RenderFragment)(inner => Add(inner, body)));
        builder.CloseComponent();
    });

    /// <summary>What stands inside a page's frame.</summary>
    public Task<string> Body(PageBody body, Language words, Visit visit) =>
        Render(words, visit, builder => Add(builder, body));

    private static void Add(RenderTreeBuilder builder, PageBody body)
    {
        builder.OpenComponent(0, body.Component);
        builder.AddMultipleAttributes(1, body.Parameters.Where(one => one.Value is not null)!);
        builder.CloseComponent();
    }

    private async Task<string> Render(Language words, Visit visit, Action<RenderTreeBuilder> content)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(Surroundings.Words)] = words,
            [nameof(Surroundings.Visit)] = visit,
            [nameof(Surroundings.ChildContent)] = (RenderFragment)(builder => content(builder)),
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<Surroundings>(parameters)).ToHtmlString());
    }
}
