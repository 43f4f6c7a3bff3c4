using OsstOrleans.Gateway.Security;

namespace OsstOrleans.Gateway.Tests.Security;

public class ProviderKeyTests
{
    [Fact]
    public async Task A_new_key_is_fetched_once_for_all_who_come_with_it()
    {
        var provider = new Provider();
        var (first, second) = (Provider.NewKey("one"), Provider.NewKey("two"));
        provider.Published["one"] = first;
        var (tokens, _) = await provider.Open();
        provider.Time.Advance(Provider.Defaults.UnknownKeyPause);
        provider.Published["two"] = second;
        var callers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
            await tokens.Identify(provider.Token(second, claims => claims["sub"] = $"worker-{n}"))));
        Assert.All(callers, Assert.NotNull);
        Assert.Equal(2, provider.Fetches);
    }

    [Fact]
    public async Task An_unknown_key_is_asked_for_at_most_once_a_minute()
    {
        var provider = new Provider();
        provider.Published["one"] = Provider.NewKey("one");
        var (tokens, _) = await provider.Open();
        var stranger = Provider.NewKey("strange");
        for (var second = 0; second < 60; second++)
        {
            Assert.Null(await tokens.Identify(provider.Token(stranger)));
            provider.Time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(1, provider.Fetches);
        Assert.Null(await tokens.Identify(provider.Token(stranger)));
        Assert.Equal(2, provider.Fetches);
    }

    [Fact]
    public async Task While_the_provider_is_away_the_known_keys_go_on_and_its_operators_see_why()
    {
        var provider = new Provider();
        var key = Provider.NewKey("one");
        provider.Published["one"] = key;
        var (tokens, keys) = await provider.Open();
        provider.IsAway = true;
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.Null(await keys.Find("unknown")); // Waits for the fetch that the timer began.
        Assert.NotNull(await tokens.Identify(provider.Token(key)));
        Assert.Contains("HttpRequestException", keys.Trouble, StringComparison.Ordinal);
        provider.IsAway = false;
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.Null(await keys.Find("unknown"));
        Assert.Null(keys.Trouble);
    }

    [Fact]
    public async Task A_key_that_the_provider_has_withdrawn_signs_nothing_new()
    {
        var provider = new Provider();
        var (old, fresh) = (Provider.NewKey("old"), Provider.NewKey("new"));
        provider.Published["old"] = old;
        var (tokens, keys) = await provider.Open();
        var used = provider.Token(old);
        Assert.NotNull(await tokens.Identify(used));
        provider.Published.Remove("old");
        provider.Published["new"] = fresh;
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.NotNull(await keys.Find("new"));
        Assert.Null(await tokens.Identify(provider.Token(old)));
        Assert.Null(await tokens.Identify(used)); // Also what is remembered: a stolen key has signed it, maybe.
    }

    [Fact]
    public async Task Another_key_under_an_old_name_is_another_key()
    {
        var provider = new Provider();
        var (old, fresh) = (Provider.NewKey("one"), Provider.NewKey("one"));
        provider.Published["one"] = old;
        var (tokens, keys) = await provider.Open();
        var used = provider.Token(old);
        Assert.NotNull(await tokens.Identify(used));
        provider.Published["one"] = fresh;
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.Null(await keys.Find("unknown"));
        Assert.Null(await tokens.Identify(used));
        Assert.NotNull(await tokens.Identify(provider.Token(fresh)));
    }

    [Fact]
    public async Task Keys_go_on_for_a_day_without_their_provider_and_for_ever_with_it()
    {
        var provider = new Provider();
        var key = Provider.NewKey("one");
        provider.Published["one"] = key;
        var (tokens, keys) = await provider.Open();
        provider.IsAway = true;
        provider.Time.Advance(ProviderKeys.LongestAlone - TimeSpan.FromSeconds(1));
        Assert.NotNull(await tokens.Identify(provider.Token(key)));
        provider.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.Identify(provider.Token(key)));
        provider.IsAway = false;
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.NotNull(await keys.Find("one"));
    }

    [Fact]
    public async Task A_provider_that_publishes_no_key_is_taken_for_away()
    {
        var provider = new Provider();
        var key = Provider.NewKey("one");
        provider.Published["one"] = key;
        var (tokens, keys) = await provider.Open();
        provider.Published.Clear();
        provider.Time.Advance(Provider.Defaults.KeysEvery);
        Assert.Null(await keys.Find("unknown"));
        Assert.NotNull(keys.Trouble);
        Assert.NotNull(await tokens.Identify(provider.Token(key)));
    }

    [Fact]
    public async Task A_provider_that_is_away_at_the_start_keeps_no_process_from_starting()
    {
        var provider = new Provider { IsAway = true };
        var key = Provider.NewKey("one");
        provider.Published["one"] = key;
        var (tokens, keys) = await provider.Open();
        Assert.Null(await tokens.Identify(provider.Token(key)));
        Assert.NotNull(keys.Trouble);
        provider.IsAway = false;
        provider.Time.Advance(Provider.Defaults.UnknownKeyPause);
        Assert.NotNull(await tokens.Identify(provider.Token(key)));
    }
}
