using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Live;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Gateway.Viewing;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Tests;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>A page that is rendered once for all who see the same is no one's who sees it no more.</summary>
public sealed class LiveShowTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("osst-shows-").FullName;
    private readonly CancellationToken _patience = new CancellationTokenSource(Patience.Limit).Token;
    private readonly HashSet<string> _ended = [];
    private readonly List<string> _asked = [];
    private readonly List<string> _used = [];
    private readonly Channel<bool> _changes = Channel.CreateUnbounded<bool>();
    private readonly DevelopmentIssuer _issuer;
    private readonly PlatformDesk _desk;
    private readonly LiveShows _shows;

    public LiveShowTests()
    {
        _issuer = new DevelopmentIssuer(TokenKey.Open(_folder), TimeProvider.System);
        var tokens = new Tokens([_issuer], TimeProvider.System)
        {
            Granted = caller => _ended.Contains(caller.Subject) ? caller with { Reach = Reach.None } : caller,
        };
        _desk = new PlatformDesk(
            tokens, new ServerOptions(), () => throw new NotSupportedException(), null,
            new KeptRegisters(Registers.OfMunicipalities, () => default));
        _shows = new LiveShows(_desk, TimeProvider.System, NullLogger<LiveShows>.Instance);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whose_right_has_ended_gets_no_frame_more_and_the_others_go_on()
    {
        using var first = await Join("first");
        using var second = await Join("second");
        await Change();
        Assert.NotNull(await first.Next(_patience));
        Assert.NotNull(await second.Next(_patience));
        Assert.Equal(1, _shows.Count);

        _ended.Add("second");
        await Change();
        Assert.NotNull(await first.Next(_patience));
        Assert.Null(await second.Next(_patience));
        Assert.False(second.MayLook);
    }

    [Fact]
    public async Task It_is_asked_for_by_one_who_is_there_and_may_look()
    {
        var first = await Join("first");
        using var second = await Join("second");
        using var third = await Join("third");
        await Change();
        await third.Next(_patience);
        Assert.Equal(["first"], _asked.Distinct());

        first.Dispose();
        await Change();
        await third.Next(_patience);
        Assert.Equal("second", _asked[^1]);

        _ended.Add("second");
        await Change();
        await Change();
        await third.Next(_patience);
        Assert.Equal("third", _asked[^1]);
    }

    [Fact]
    public async Task Each_viewer_is_counted_before_the_first_frame_also_when_another_asked_for_it()
    {
        using var first = await Join("first");
        await Change();
        await first.Next(_patience);
        using var second = await Join("second");
        Assert.Equal(["first"], _used);
        await second.Next(_patience);
        Assert.Equal(["first", "second"], _used);
        Assert.Equal(["first"], _asked);
    }

    private async Task Change() => await _changes.Writer.WriteAsync(true, _patience);

    private async Task<LiveSeat> Join(string subject)
    {
        var token = _issuer.Mint(Role.Coordinator, subject, Reach.Of("320"), TimeSpan.FromHours(1));
        var viewer = await _desk.ViewerOf(token, Purposes.Management);
        return _shows.Join(new LiveSource(
            "page", viewer!,
            () =>
            {
                lock (_asked)
                {
                    _asked.Add(subject);
                    return Task.FromResult($"<!--part figures-->{_asked.Count}<!--end-->");
                }
            },
            ended => _changes.Reader.ReadAllAsync(ended),
            () =>
            {
                _used.Add(subject);
                return Task.CompletedTask;
            }));
    }
}
