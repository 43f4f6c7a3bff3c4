using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Tests;

namespace OsstOrleans.Gateway.Tests.Import;

/// <summary>An import goes on when its server was away, or when its token was renewed.</summary>
public sealed class PatientSenderTests : IAsyncLifetime
{
    private static readonly Guid s_import = new("0b1c2d3e-0000-4000-8000-000000000007");
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(10);

    private readonly FakeTime _time = new();
    private readonly List<string> _shown = [];
    private readonly List<string> _tokens = [];
    private readonly string _tokenFile = Path.GetTempFileName();
    private WebApplication _app = null!;
    private Func<string, bool> _isAway = static _ => false;
    private Func<string, bool> _isRefused = static _ => false;
    private JsonElement _input;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(Answer);
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_tokenFile);
    }

    [Fact]
    public async Task A_server_that_is_started_anew_is_waited_for_and_the_screen_says_so()
    {
        _isAway = _ => _tokens.Count <= 20;

        Assert.Equal(LineStatus.Accepted, (await Send(ImportToken.Of("t")))[0].Status);
        Assert.Equal(2, _shown.Count);
        Assert.Contains("is asked again for 5 minutes", _shown[0], StringComparison.Ordinal);
        Assert.Contains("HTTP 503", _shown[0], StringComparison.Ordinal);
        Assert.Equal("The server takes lines again.", _shown[1]);
    }

    [Fact]
    public async Task A_server_that_stays_away_ends_the_import_after_a_while()
    {
        _isAway = static _ => true;
        var began = _time.GetUtcNow();

        var refusal = await Assert.ThrowsAsync<StoreRefusal>(() => Send(ImportToken.Of("t")));
        Assert.Contains("The same command goes on where it is.", refusal.Message, StringComparison.Ordinal);
        Assert.InRange(_time.GetUtcNow() - began, RemoteImport.Patience, RemoteImport.Patience + s_step);
        Assert.Single(_shown);
    }

    [Fact]
    public async Task A_token_that_was_renewed_in_its_file_is_read_when_the_old_one_is_refused()
    {
        await File.WriteAllTextAsync(_tokenFile, "old\n");
        var token = ImportToken.InFile(_tokenFile);
        await File.WriteAllTextAsync(_tokenFile, "new\n");
        _isRefused = static token => token != "new";

        Assert.Equal(LineStatus.Accepted, (await Send(token))[0].Status);
        Assert.Equal(["old", "new"], _tokens);
        Assert.Empty(_shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_token_that_stays_refused_ends_the_import_at_once(bool isInFile)
    {
        await File.WriteAllTextAsync(_tokenFile, "old");
        _isRefused = static _ => true;

        var refusal = await Assert.ThrowsAsync<StoreRefusal>(
            () => Send(isInFile ? ImportToken.InFile(_tokenFile) : ImportToken.Of("old")));
        Assert.Contains("UNAUTHENTICATED", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["old"], _tokens);
    }

    [Fact]
    public async Task Each_line_says_its_place_in_the_import()
    {
        await Send(ImportToken.Of("t"));
        Assert.Equal(s_import, _input.GetProperty("importId").GetGuid());
        Assert.Equal([8_193], _input.GetProperty("lineNumbers").EnumerateArray().Select(at => at.GetInt32()));
    }

    private async Task<IReadOnlyList<LineResult>> Send(ImportToken token)
    {
        using var sender = new RemoteImport(
            new Uri(_app.Urls.First()), token, (ImportKind.BenefitMonths, "kela"), s_import, _shown.Add, _time);
        var line = new BenefitMonthLine { ExternalId = "K", Month = "2018-03", AmountCents = 1, ReductionPercent = 0 };
        return await _time.Passing(s_step, sender.Send([new SourceLine(8_193, 8_194, line, null)]));
    }

    private async Task Answer(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        _tokens.Add(token);
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        _input = body.RootElement.GetProperty("variables").GetProperty("input").Clone();
        if (_isAway(token))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("<html>away</html>");
        }
        else if (_isRefused(token))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else
        {
            await http.Response.WriteAsync(
                """{"data":{"importBenefitMonths":{"results":[{"status":"ACCEPTED","position":7,"error":null}]}}}""");
        }
    }
}
