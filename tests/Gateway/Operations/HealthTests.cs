using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Gateway.Operations;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Gateway.Tests.Operations;

/// <summary>Why a process takes no requests, in one word.</summary>
public sealed class HealthTests
{
    private readonly StoreFigures _store = new("sqlite");
    private readonly Health _health;
    private Exception? _feedFault;

    public HealthTests() => _health = new Health(_store, () => _feedFault, NullLogger.Instance);

    [Fact]
    public void It_is_loading_until_everything_is_loaded()
    {
        Assert.Equal(("loading", false, false), (_health.Word, _health.HasStarted, _health.IsReady));
        _health.Loaded();
        Assert.Equal(("ready", true, true), (_health.Word, _health.HasStarted, _health.IsReady));
    }

    [Fact]
    public void A_server_that_comes_back_makes_it_ready_again()
    {
        _health.Loaded();
        _feedFault = new StoreFault("away") { IsPassing = true };
        Assert.Equal(("store-away", true), (_health.Word, _health.HasStarted));
        _feedFault = null;
        Assert.True(_health.IsReady);
    }

    [Fact]
    public void A_log_that_cannot_be_followed_is_another_matter()
    {
        _health.Loaded();
        _feedFault = new StoreFault("a version is missing");
        Assert.Equal("feed-stopped", _health.Word);
        _feedFault = new InvalidOperationException();
        Assert.Equal("feed-stopped", _health.Word);
    }

    [Fact]
    public void Operators_hear_the_cause_and_no_key_of_a_grain()
    {
        _health.Loaded();
        Assert.Null(_health.Cause);
        _feedFault = new StoreFault("client/c-1: versions before 7 are missing");
        Assert.StartsWith(nameof(StoreFault), _health.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain("c-1", _health.Cause, StringComparison.Ordinal);
        _store.Trouble = "The disk is full.";
        Assert.Equal("The disk is full.", _health.Cause);
    }

    [Fact]
    public void A_process_that_drains_is_draining_whatever_else_is_the_matter()
    {
        _health.Loaded();
        _feedFault = new StoreFault("away") { IsPassing = true };
        _health.Draining();
        Assert.Equal(("draining", true), (_health.Word, _health.HasStarted));
    }
}
