using System.Text.Json;
using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Ide;

/// <summary>The IDE as somebody uses it, and what the browser complained about meanwhile.</summary>
internal sealed class IdeTab : IAsyncDisposable
{
    private readonly IPage _page;

    private IdeTab(IPage page)
    {
        _page = page;
        page.Request += (_, request) => Requests.Add(new Uri(request.Url));
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
    }

    public List<Uri> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public static async Task<IdeTab> Open(IPage page, Uri address)
    {
        var tab = new IdeTab(page);
        await page.GotoAsync(new Uri(address, "/graphql/ide").ToString());
        await page.WaitForSelectorAsync(".graphiql-query-editor .view-line");
        return tab;
    }

    public Task Type(string token) => _page.FillAsync("#token", token);

    /// <summary>Gives a token that the server takes, and waits until the schema was asked for with it.</summary>
    public async Task Token(string token)
    {
        var schema = await _page.RunAndWaitForResponseAsync(() => Type(token), IsIntrospection);
        Assert.Equal(200, schema.Status);
    }

    /// <summary>What stands beside the token.</summary>
    public Task<string> Who() => _page.InnerTextAsync(".token-bar .who");

    /// <summary>Goes to a tab by its name, which is that of its operation.</summary>
    public Task Choose(string tab) => _page.ClickAsync($".graphiql-tab-button:has-text(\"{tab}\")");

    public Task Execute() => _page.ClickAsync(".graphiql-execute-button");

    /// <summary>Executes and waits for the answer as it came over HTTP.</summary>
    public async Task<JsonElement> Ask()
    {
        var answer = await _page.RunAndWaitForResponseAsync(Execute, response =>
            new Uri(response.Url).AbsolutePath == "/graphql" && !IsIntrospection(response));
        return JsonElement.Parse(await answer.TextAsync());
    }

    /// <summary>Waits until the answer's pane shows a text.</summary>
    public Task Shows(string text) => _page.WaitForFunctionAsync(
        "text => [...document.querySelectorAll('.result-window .view-line')].map(l => l.innerText).join('\\n')"
        + ".replaceAll('\\u00a0', ' ').includes(text)", text);

    /// <summary>Opens the documentation and waits for a type's name in it.</summary>
    public async Task Documentation(string type)
    {
        await _page.ClickAsync(".graphiql-sidebar button >> nth=0");
        await _page.WaitForSelectorAsync($".graphiql-doc-explorer >> text={type}");
    }

    /// <summary>What the browser keeps beyond the life of the tab.</summary>
    public Task<string> Kept() => _page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie");

    private static bool IsIntrospection(IResponse response) =>
        response.Request.PostData?.Contains("IntrospectionQuery", StringComparison.Ordinal) == true;

    public async ValueTask DisposeAsync() => await _page.CloseAsync();
}
