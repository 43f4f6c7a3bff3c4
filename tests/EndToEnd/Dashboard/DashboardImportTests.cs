using System.Globalization;
using Microsoft.Playwright;

namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>Files that are imported at the dashboard.</summary>
public sealed partial class DashboardPageTests
{
    private const int LinesOfPart = 250;

    [ChromiumTheory]
    [InlineData("en", 1440, "The import has ended: 300 lines.", "Your rights do not allow this line.")]
    [InlineData("fi", 360, "Tuonti päättyi: 300 riviä.", "Oikeutesi eivät salli tätä riviä.")]
    [InlineData("sv", 768, "Importen är klar: 300 rader.", "Dina rättigheter tillåter inte denna rad.")]
    public async Task A_file_is_looked_at_rehearsed_and_imported_and_its_refused_lines_are_a_report(
        string language, int width, string ended, string refused)
    {
        await using var tab = await dashboard.Open(language, width < 400 ? ColorScheme.Dark : ColorScheme.Light, width);
        await EnterImport(tab);
        await tab.AssertSound($"import-{language}");
        await tab.Page.SelectOptionAsync("#kind", "clients");
        await Choose(tab.Page, "wrong.csv", "externalId;name\n1;2");
        await tab.Page.WaitForSelectorAsync("#preview [role=alert]");
        Assert.False(await tab.Page.IsVisibleAsync("#run"));
        await tab.AssertSound($"import-unusable-{language}");

        await Choose(tab.Page, "clients.csv", string.Join("\r\n", Enumerable.Range(1, 300).Select(i => i == 7
            ? $"{language}-{i};837;Synteettinen;Sivullinen;1980;T-{i};TOSI"
            : $"{language}-{i};320;Synteettinen;Esimerkki;1980;T-{i};TOSI").Prepend(
                "externalId;municipality;lastName;firstNames;birthYear;temporaryIdentifier;synthetic")));
        await tab.Page.WaitForSelectorAsync("#run:not([hidden])");
        Assert.Equal($"{language}-1", await tab.Page.InnerTextAsync("#preview tbody td >> nth=0"));
        await tab.Page.ClickAsync("#dry");
        await AssertCounts(tab.Page, taken: 299, known: 0, refused: 1);
        await tab.AssertSound($"import-rehearsed-{language}");
        await tab.Page.ClickAsync("#go");
        await tab.Page.WaitForFunctionAsync("said => document.querySelector('#state').innerText === said", ended);
        await AssertCounts(tab.Page, taken: 299, known: 0, refused: 1);
        Assert.Equal(refused, await tab.Page.InnerTextAsync("#refusals tbody th"));
        await tab.AssertSound($"import-ended-{language}");
        var file = await tab.Page.RunAndWaitForDownloadAsync(() => tab.Page.ClickAsync("#report"));
        var report = await File.ReadAllLinesAsync(await file.PathAsync());
        Assert.Equal("status,line,record,field,code,reason", report[0].TrimStart('\ufeff'));
        Assert.EndsWith($",\"8\",\"7\",\"line\",\"NOT_ALLOWED\",\"{refused}\"", report[1], StringComparison.Ordinal);
        Assert.Equal("{}", await tab.Page.EvaluateAsync<string>("JSON.stringify(localStorage) + document.cookie"));
        Assert.All(tab.Requests.Where(request => request.AbsolutePath.StartsWith("/import", StringComparison.Ordinal)),
            request => Assert.Empty(request.Query));

        // The next import of the same file is another import, and finds everything known.
        await tab.Page.ClickAsync("#go");
        await tab.Page.WaitForFunctionAsync("said => document.querySelector('#state').innerText === said", ended);
        await AssertCounts(tab.Page, taken: 0, known: 299, refused: 1);
    }

    [ChromiumFact]
    public async Task An_import_goes_on_after_the_page_was_closed_and_after_the_gateway_was_killed()
    {
        await using var tab = await dashboard.Open();
        await EnterImport(tab);
        await tab.Page.SelectOptionAsync("#kind", "clients");
        await Choose(tab.Page, "clients.csv", ImportedClients());
        await tab.Page.ClickAsync("#go");
        await AssertCounts(tab.Page, taken: 50, known: 0, refused: 0);

        // Every line sets the month anew: a line that is taken twice would be taken, and not known.
        var months = string.Join('\n', Enumerable.Range(0, 4 * LinesOfPart).Select(i =>
            $$"""{"externalId":"kill-{{(i % 50) + 1}}","month":"2018-03","amountCents":{{i}},"reductionPercent":0}"""));
        await BreakOff(tab, months);
        var page = await tab.OpenPage();
        await page.GotoAsync("/import");
        Assert.Contains("did not end", await page.InnerTextAsync(".begun"), StringComparison.Ordinal);
        Assert.Equal("benefit-months", await page.InputValueAsync("#kind"));
        var parts = 0;
        await page.RouteAsync("**/import/lines", async route =>
        {
            if (++parts == 3)
            {
                await dashboard.Server.Kill();
            }
            await route.ContinueAsync();
        });
        await Choose(page, "months.ndjson", months);
        await page.ClickAsync("#go");
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#state').innerText.startsWith('The service does not answer')");
        await dashboard.StartAgain();
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#state').innerText === 'The import has ended: 1\u00a0000 lines.'");
        await AssertCounts(page, taken: 2 * LinesOfPart, known: 2 * LinesOfPart, refused: 0);
        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator(".begun").CountAsync());
    }

    /// <summary>The page is closed while the answer to the second part is under way.</summary>
    private static async Task BreakOff(DashboardTab tab, string months)
    {
        var (parts, lost) = (0, new TaskCompletionSource());
        await tab.Page.RouteAsync("**/import/lines", async route =>
        {
            if (++parts == 1)
            {
                await route.ContinueAsync();
                return;
            }
            Assert.Equal(200, (await route.FetchAsync()).Status);
            lost.TrySetResult();
        });
        await tab.Page.SelectOptionAsync("#kind", "benefit-months");
        await Choose(tab.Page, "months.ndjson", months);
        await tab.Page.ClickAsync("#go");
        await lost.Task.WaitAsync(Patience.Limit);
        await tab.Page.CloseAsync();
    }

    private static string ImportedClients() => string.Join('\n', Enumerable.Range(1, 50)
        .Select(i => $"kill-{i},320,Synteettinen,Esimerkki,1980,T-{i},true").Prepend(Imports.ImportFiles.Columns));

    private static async Task EnterImport(DashboardTab tab)
    {
        await tab.Enter("coordinator", "320", "/import");
        await tab.Page.CheckAsync("input[value=management]");
        await tab.Page.ClickAsync("main form button");
        await tab.Page.WaitForSelectorAsync("#kind");
    }

    private static async Task Choose(IPage page, string name, string text)
    {
        await page.SetInputFilesAsync("#file", new FilePayload
        {
            Name = name,
            MimeType = "text/plain",
            Buffer = System.Text.Encoding.UTF8.GetBytes(text),
        });
        await page.WaitForSelectorAsync("#preview");
    }

    /// <summary>When the page has come to an end.</summary>
    private static async Task AssertCounts(IPage page, int taken, int known, int refused)
    {
        await page.WaitForSelectorAsync("#dry:not([disabled])");
        foreach (var (status, count) in ((string, int)[])
            [("ACCEPTED", taken), ("DUPLICATE", known), ("SUPERSEDED", 0), ("REJECTED", refused)])
        {
            Assert.Equal(
                count.ToString(CultureInfo.InvariantCulture), await page.InnerTextAsync($"[data-status={status}]"));
        }
    }
}
