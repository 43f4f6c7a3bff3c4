using Microsoft.IdentityModel.Tokens;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Endings;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Tests;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Security;

/// <summary>A provider's logout, and what it ends in every process of one store.</summary>
public sealed class LogoutTests : IAsyncLifetime
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly RsaSecurityKey s_key = Provider.NewKey("one");

    private readonly string _folder = Directory.CreateTempSubdirectory("osst-logout-").FullName;
    private readonly Provider _provider = new() { Published = { ["one"] = s_key } };
    private Platform _platform = null!;
    private Revocations _revocations = null!;
    private Tokens _tokens = null!;

    private FakeTime Time => _provider.Time;

    public async Task InitializeAsync()
    {
        _platform = await Platform.Prepare(new StoreAddress(_folder), TimeProvider.System);
        _revocations = await Process();
        _tokens = (await _provider.Open(_revocations)).Tokens;
    }

    public async Task DisposeAsync()
    {
        await _revocations.DisposeAsync();
        await _platform.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_logout_of_a_session_ends_its_tokens_and_those_that_name_no_session()
    {
        var (own, other) = (Token(sid: "s1"), Token(sid: "s2"));
        var (unnamed, ofOther) = (Token(sid: null), Token(sid: "s1", sub: "väinö"));
        Assert.True(await Logout(claims => claims["sid"] = "s1"));
        Assert.Null(await _tokens.Identify(own));
        Assert.Null(await _tokens.Identify(unnamed));
        Assert.Null(await _tokens.Identify(ofOther)); // A session is one person's; this one says it is of the same.
        Assert.NotNull(await _tokens.Identify(other));
        Time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await _tokens.Identify(Token(sid: null)));
    }

    [Fact]
    public async Task A_logout_of_a_person_ends_all_tokens_so_far_also_in_other_processes()
    {
        await using var elsewhere = await Process();
        var (tokens, _) = await _provider.Open(elsewhere);
        var (token, other) = (Token(sid: "s1"), Token(sub: "väinö"));
        Assert.NotNull(await tokens.Identify(token));
        Assert.True(await Logout());
        Time.Advance(TimeSpan.FromSeconds(1));
        await Patience.Until(async () => await tokens.Identify(token) is null);
        Assert.NotNull(await tokens.Identify(other));
        Assert.NotNull(await tokens.Identify(Token(sid: "s1")));
    }

    [Fact]
    public async Task A_process_that_starts_later_knows_what_was_revoked()
    {
        var token = Token();
        Assert.True(await Logout());
        await using var later = await Process();
        var (tokens, _) = await _provider.Open(later);
        Assert.Null(await tokens.Identify(token));
    }

    [Fact]
    public async Task A_logout_token_is_taken_once()
    {
        var token = LogoutToken(claims => claims["jti"] = "once");
        Assert.True(await _tokens.Logouts!.Take("pirha", token));
        Assert.False(await _tokens.Logouts.Take("pirha", token));
    }

    [Theory]
    [InlineData("aud", "osst-clients")]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("nonce", "n")]
    [InlineData("events", null)]
    [InlineData("events", "text")]
    [InlineData("jti", null)]
    [InlineData("iat", null)]
    [InlineData("exp", 1)]
    [InlineData("sub", null)]
    public async Task What_is_no_logout_token_ends_nothing(string claim, object? value)
    {
        var token = Token();
        Assert.False(await Logout(claims => claims[claim] = value));
        Assert.NotNull(await _tokens.Identify(token));
    }

    [Fact]
    public async Task A_logout_needs_the_providers_own_signature_and_place()
    {
        Assert.False(await _tokens.Logouts!.Take("pirha", LogoutToken(_ => { }, Provider.NewKey("one"))));
        Assert.False(await _tokens.Logouts.Take("other", LogoutToken(_ => { })));
        Assert.False(await _tokens.Logouts.Take("pirha", Token()["Bearer ".Length..]));
    }

    [Fact]
    public async Task A_revocation_is_forgotten_when_no_token_that_it_means_can_be_valid()
    {
        var notes = (INotes)_platform.Store;
        Assert.True(await Logout());
        Assert.Single(await notes.ReadRows("revoked-tokens", "", 10));
        Time.Advance(TokenTimes.Longest + TimeSpan.FromHours(1));
        await Patience.Until(async () => await notes.ReadRows("revoked-tokens", "", 10) is []);
        await Patience.Until(async () => await notes.ReadRows("used-logout-tokens", "", 10) is []);
        Assert.True(await Logout()); // Its number goes on where the last one ended.
        var row = Assert.Single(await notes.ReadRows("revoked-tokens", "", 10));
        Assert.EndsWith("2", row.Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_rows_refuse_a_logout_as_the_stores_fault_and_stop_no_look()
    {
        Assert.True(await Logout());
        var notes = (INotes)_platform.Store;
        var used = Assert.Single(await notes.ReadRows("used-logout-tokens", "", 10));
        var damage = "x"u8.ToArray();
        await notes.TryWrite([used with { Value = damage }, new NoteRow("revoked-tokens-count", "count", damage)]);
        Assert.Contains("damaged", (await Assert.ThrowsAsync<StoreFault>(() => Logout())).Message);
        Time.Advance(TokenTimes.Longest + TimeSpan.FromHours(1));
        await Patience.Until(async () => await notes.ReadRows("revoked-tokens", "", 10) is []);
    }

    [Fact]
    public async Task A_revocation_that_an_earlier_database_has_lost_is_stored_again_before_the_first_request()
    {
        var list = new EndingsList(Path.Combine(_folder, "list"), _platform.Services.MasterKey);
        var notes = (INotes)_platform.Store;
        var revocation = Revocation.OfSubject("pirha:maija", Time.GetUtcNow());
        Assert.True(await new RevokedRows(notes, list).Add([revocation]));
        for (var start = 0; start < 2; start++)
        {
            await Lose();
            await new RevokedRows(notes, list).TakeUp(Time.GetUtcNow());
            await new RevokedRows(notes, list).TakeUp(Time.GetUtcNow());
        }
        await Lose();
        await new RevokedRows(notes, list).TakeUp(revocation.Ends);
        Assert.Empty(await notes.ReadRows("revoked-tokens", "", 10));

        async Task Lose()
        {
            var row = Assert.Single(await notes.ReadRows("revoked-tokens", "", 10));
            await notes.TryWrite([row with { Value = default }]);
        }
    }

    private Task<Revocations> Process() => Revocations.Follow(
        _folder, new RevokedRows((INotes)_platform.Store), Time, TimeSpan.FromSeconds(1));

    private Task<bool> Logout(Action<Dictionary<string, object?>>? change = null) =>
        _tokens.Logouts!.Take("pirha", LogoutToken(change ?? (_ => { })));

    private string LogoutToken(Action<Dictionary<string, object?>> change, SecurityKey? key = null) => _provider.Token(
        key ?? s_key,
        claims =>
        {
            claims["aud"] = "osst-app";
            claims["jti"] = Guid.NewGuid().ToString();
            claims["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() };
            claims.Remove("role");
            change(claims);
        },
        "logout+jwt")["Bearer ".Length..];

    private string Token(string? sid = null, string sub = "aino") => _provider.Token(s_key, claims =>
    {
        (claims["sid"], claims["sub"]) = (sid, sub);
        claims["jti"] = Guid.NewGuid().ToString();
    });
}
