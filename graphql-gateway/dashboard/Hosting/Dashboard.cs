using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OsstOrleans.Dashboard.Charts;
using OsstOrleans.Dashboard.Components;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Live;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Sessions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>The dashboard of a process: its pages, its streams, its files.</summary>
public sealed class Dashboard
{
    private static readonly TimeSpan s_lookAtProcess = TimeSpan.FromSeconds(2);

    private readonly IDesk _desk;
    private readonly TimeProvider _time;
    private readonly SessionCookies _sessions;
    private readonly PageAnswer _pages;
    private readonly LiveEndpoint _live;

    private Dashboard(IServiceProvider services, IDesk desk, TimeProvider time, CancellationToken stopping)
    {
        var logs = services.GetRequiredService<ILoggerFactory>();
        (_desk, _time) = (desk, time);
        _sessions = new SessionCookies(desk, services.GetRequiredService<IDataProtectionProvider>(), time);
        _pages = new PageAnswer(
            desk, _sessions, new PageRenderer(services, logs), services.GetRequiredService<IAntiforgery>());
        var shows = new LiveShows(desk, time, logs.CreateLogger<LiveShows>());
        _live = new LiveEndpoint(desk, _sessions, shows, time, stopping);
    }

    /// <summary>What the dashboard needs of the host's services, beside the keys that seal its cookies.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = "forgery";
            options.Cookie.Name = "osst-forgery";
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        // Parts of files hold names of people: none is laid on this machine's disk, however large it may be.
        services.Configure<FormOptions>(options => options.MemoryBufferThreshold = int.MaxValue);
    }

    /// <summary>Maps every address of the dashboard.</summary>
    /// <param name="app">The process's HTTP side.</param>
    /// <param name="desk">Asks the process.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Ends when the process drains: its streams end, too.</param>
    public static void Map(WebApplication app, IDesk desk, TimeProvider time, CancellationToken stopping)
    {
        AssertFits(desk);
        var dashboard = new Dashboard(app.Services, desk, time, stopping);
        app.MapGet("/assets/{hash}/{name}", AssetFiles.Answer);
        dashboard.MapPages(app);
        var protection = app.Services.GetRequiredService<IDataProtectionProvider>();
        var started = new SignInCookies(desk, protection);
        new ChainEndpoints(desk, dashboard._pages).Map(app);
        new OutcomesEndpoints(desk, dashboard._pages).Map(app);
        new EvaluationEndpoints(desk, dashboard._pages).Map(app);
        new CentresEndpoints(desk, dashboard._pages, time).Map(app);
        var addresses = new ClientAddress(protection);
        new OwnEndpoints(desk, dashboard._pages, dashboard._live, addresses, time).Map(app);
        new ReviewEndpoints(desk, dashboard._pages, addresses, time).Map(app);
        new LogEndpoints(desk, dashboard._pages, addresses, time).Map(app);
        new ImportEndpoints(
            desk, dashboard._pages, dashboard._sessions, new ImportJobs(desk, protection, time), time).Map(app);
        new StaffEndpoints(desk, dashboard._pages, time).Map(app);
        new DoorEndpoints(desk, dashboard._pages, dashboard._sessions, time).Map(app);
        new SignInEndpoints(desk, dashboard._sessions, started, dashboard._pages).Map(app);
    }

    /// <summary>A document that the contract has left behind stops the start, not a viewer.</summary>
    private static void AssertFits(IDesk desk)
    {
        if (desk.HasData && Document.All.FirstOrDefault(one => !desk.Fits(one.With(new { }))) is { } unfit)
        {
            throw new InvalidOperationException($"The dashboard's document {unfit.Name} does not fit the contract.");
        }
    }

    private DateOnly Today => FinnishClock.DayOf(_time.GetUtcNow());

    private void MapPages(IEndpointRouteBuilder app)
    {
        app.MapGet("/", http => Overview(http, ""));
        app.MapFallback(Missing);
        app.MapPost("/", Search);
        app.MapGet("/ops", Operators);
        app.MapGet("/account", Account);
        app.MapGet("/about", About);
        app.MapGet("/live/overview", http => _live.Answer(http, OverviewSource));
        app.MapGet("/live/ops", http => _live.Answer(http, OperatorsSource));
        app.MapGet("/download/{key}.csv", (HttpContext http, string key) => Download(http, key, asCsv: true));
        app.MapGet("/download/{key}.svg", (HttpContext http, string key) => Download(http, key, asCsv: false));
    }

    /// <summary>A browser gets a page with a way back; a program gets the status alone.</summary>
    private Task Missing(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return HttpMethods.IsGet(http.Request.Method)
            && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
                ? _pages.ForAll(http, words => Task.FromResult(PageBody.Notice(
                    words["missing.title"], words["missing.text"], "", "/", words["overview.menu"])))
                : Task.CompletedTask;
    }

    private async Task Search(HttpContext http)
    {
        if (await _pages.IsOurs(http))
        {
            await Overview(http, http.Request.Form["search"].ToString().Trim());
        }
    }

    private Task Overview(HttpContext http, string search) => _pages.ForFigures(http, async (signedIn, words) =>
        OverviewBody(
            await OverviewLoad.Overview(_desk, signedIn.Viewer, Today), words, IsOwnScale(http),
            ("Search", search), ("IsWhole", http.Request.Query.ContainsKey("all"))));

    private static PageBody OverviewBody(
        OverviewModel model, Language words, bool isOwnScale, params IEnumerable<(string Name, object? Value)> more) =>
        PageBody.Of<OverviewView>(
            words["overview.title"], [("Model", model), ("IsOwnScale", isOwnScale), .. more]);

    private Task Operators(HttpContext http) => _pages.For(
        http, (signedIn, words) => OperatorsBody(signedIn.Viewer, words), viewer => viewer.IsOperator);

    private Task Account(HttpContext http) => _pages.For(http, AccountBody);

    private Task About(HttpContext http) => _pages.For(http, (_, words) => Task.FromResult(PageBody.Of<AboutView>(
        words["about.title"], ("Version", _desk.Version), ("HasIde", _desk.HasIde))));

    private async Task<PageBody> OperatorsBody(Viewer viewer, Language words)
    {
        var now = await OverviewLoad.Operations(_desk, viewer);
        var receivers = _desk.HasData
            ? await _desk.Ask<ReceiversAnswer>(viewer, Document.Receivers, new { })
            : null;
        return PageBody.Of<OperatorsView>(words["ops.title"], ("Now", now), ("Receivers", receivers));
    }

    private async Task<PageBody> AccountBody(SignedIn signedIn, Language words)
    {
        var answer = _desk.HasData
            ? await _desk.Ask<AccountAnswer>(signedIn.Viewer, Document.Account, new { })
            : null;
        var ends = signedIn.Session.Begun + SessionCookies.Longest;
        return PageBody.Of<AccountView>(
            words["account.title"], ("Viewer", signedIn.Viewer), ("Me", answer?.Me), ("Themes", Preferences.Themes),
            ("Names", answer?.Municipalities.ToDictionary(
                one => one.Code, one => words.Code == "sv" ? one.SwedishName ?? one.Name : one.Name)),
            ("Ends", ends < signedIn.Viewer.Expires ? ends : signedIn.Viewer.Expires));
    }

    private LiveSource? OverviewSource(HttpContext http, Viewer viewer)
    {
        if (!_desk.HasData)
        {
            return null;
        }
        var (words, isOwnScale) = (Preferences.LanguageOf(http), IsOwnScale(http));
        string[]? scope = viewer.OwnRegister is { } own ? [own] : null;
        return new LiveSource(
            $"overview|{words.Code}|{isOwnScale}", viewer,
            async () => await _pages.Live(
                OverviewBody(await OverviewLoad.Overview(_desk, viewer, Today), words, isOwnScale), words,
                viewer, "/"),
            // Cards show every municipality, also to those whose own figures stand at the top.
            ended => Changes.Of(
                _desk, viewer,
                [
                    Document.CaseloadChanged.With(new { scope = (string[]?)null }),
                    Document.VisitsChanged.With(new { scope = (string[]?)null }),
                ],
                _time, ended),
            () => OverviewLoad.Overview(_desk, viewer, Today));
    }

    private LiveSource? OperatorsSource(HttpContext http, Viewer viewer)
    {
        var words = Preferences.LanguageOf(http);
        return !viewer.IsOperator ? null : new LiveSource(
            $"ops|{words.Code}", viewer,
            async () => await _pages.Live(await OperatorsBody(viewer, words), words, viewer, "/ops"),
            ended => Changes.Every(s_lookAtProcess, _time, ended),
            () => Task.CompletedTask); // Of the process, and of no register.
    }

    private Task Download(HttpContext http, string key, bool asCsv) => _pages.File(http, async (signedIn, words) =>
    {
        var model = await OverviewLoad.Overview(_desk, signedIn.Viewer, Today);
        if (OverviewPictures.All(model, words).FirstOrDefault(one => one.Key == key) is not { } picture)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var seen = model.Scope.AsOf!;
        var origin = new FileOrigin(
            seen.Position, seen.RecordedAt, signedIn.Viewer.OwnRegister ?? PeriodScope.All,
            picture.IsTimeLine ? model.Visits.Withheld : model.Scope.Withheld, !_desk.IsProduction);
        await Files.Write(
            http, $"{key}-{origin.Suffix}", asCsv ? "csv" : "svg",
            asCsv ? Drawing.Csv(picture, origin) : Drawing.Svg(picture, words, Files.Source(seen, words)));
    });

    private static bool IsOwnScale(HttpContext http) => http.Request.Query["scale"] == "own";
}
