using OsstOrleans.Silo.Feeds;

namespace OsstOrleans.Silo.Tests.Feeds;

public sealed class FeedClockTests
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(5);

    private readonly FakeTime _time = new();
    private readonly FeedClock _clock = new();

    [Fact]
    public async Task Waiters_start_when_their_position_is_reached_and_not_before()
    {
        var (first, second) = (WaitFor(3), WaitFor(5));
        Advance(2);
        Assert.False(first.IsCompleted);
        Advance(4);
        await first;
        Assert.False(second.IsCompleted);
        Advance(5);
        await second;
        Assert.True(WaitFor(5).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_position_that_does_not_come_is_a_limit_and_keeps_no_waiter()
    {
        var waits = Enumerable.Range(0, 10).Select(_ => WaitFor(long.MaxValue)).ToArray();
        Assert.Equal(10, _clock.Waiting);
        _time.Advance(AtMost);
        foreach (var wait in waits)
        {
            Assert.Equal("NOT_YET_VISIBLE", (await Assert.ThrowsAsync<LimitReached>(() => wait)).Code);
        }
        Assert.Equal(0, _clock.Waiting);
    }

    [Fact]
    public async Task A_reader_who_leaves_keeps_no_waiter()
    {
        using var left = new CancellationTokenSource();
        var wait = _clock.WaitFor(9, AtMost, _time, left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(0, _clock.Waiting);
    }

    private Task WaitFor(long position) => _clock.WaitFor(position, AtMost, _time, default).AsTask();

    private void Advance(long position) => _clock.Advance(new AsOf(position, _time.GetUtcNow()));
}
