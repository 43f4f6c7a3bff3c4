using System.Collections.Concurrent;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Processes;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Search;

/// <summary>
/// Keeps the index beside the keys up with the log, in every process that follows it, and this process's words up with
/// that index: a start reads all of them, and then those of clients whose words or register have changed.
/// </summary>
internal sealed class IdentityFollower : IFeedReader, IAsyncDisposable
{
    private const int Page = 10_000;
    private const int AtOnce = 256;

    private readonly IIdentityIndex _index;
    private readonly Caseloads _caseloads;
    private readonly Follower _follower;
    private readonly ConcurrentQueue<(GrainName Client, string Register)> _changed = new();
    private bool _isChanged;

    public IdentityFollower(GrainServices services, Caseloads caseloads, Interruptions interruptions)
    {
        _index = (IIdentityIndex)services.Store;
        _caseloads = caseloads;
        Identities = new Identities(services);
        _follower = new Follower(CatchUp, services.Time, interruptions.Of("The index of identities"));
    }

    /// <summary>Opens what lies beside the keys.</summary>
    public Identities Identities { get; }

    /// <summary>Whom a word may name.</summary>
    public WordIndex Words { get; } = new();

    public void Start() => _follower.Start();

    public ValueTask Apply(in StoredEvent stored, IEvent? happened)
    {
        if (stored.Grain.Kind is GrainKind.Client && (stored.Version == 1
            || IIdentityIndex.ChangedBy.Contains(stored.Type)
            || happened is ClientMoved or ClientErased or MergedIntoSurvivor or MergeUndone or IRevisesHistory))
        {
            _changed.Enqueue((stored.Grain, (happened as ClientMoved)?.Municipality ?? stored.Municipality));
            _isChanged = true;
        }
        return ValueTask.CompletedTask;
    }

    public void CaughtUpTo(long position, DateTimeOffset recordedAt)
    {
        if (_isChanged)
        {
            _isChanged = false;
            _follower.Wake();
        }
    }

    public ValueTask DisposeAsync() => _follower.DisposeAsync();

    /// <summary>All that is left to do; a run that is cut off is repeated, and loses nothing.</summary>
    internal async Task CatchUp(CancellationToken stopped)
    {
        await Identities.CatchUp(stopped);
        if (!Words.IsWhole)
        {
            await TakeAll(stopped);
        }
        while (!stopped.IsCancellationRequested && !_changed.IsEmpty)
        {
            var clients = _changed.Take(AtOnce).ToArray();
            await Identities.CatchUp(stopped); // What has come since the beginning has no words on disk yet.
            await Take(clients);
            foreach (var _ in clients)
            {
                _changed.TryDequeue(out var _);
            }
        }
    }

    private async Task TakeAll(CancellationToken stopped)
    {
        var registers = Registers();
        for (var after = ""; !stopped.IsCancellationRequested;)
        {
            var page = await _index.WordsAfter(after, Page);
            foreach (var words in page)
            {
                Take(words, registers.GetValueOrDefault(words.Client.Key));
            }
            if (page.Count < Page)
            {
                Words.IsWhole = true;
                return;
            }
            after = page[^1].Client.ToString();
        }
    }

    private Dictionary<string, string> Registers()
    {
        var registers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in _caseloads.Codes)
        {
            foreach (var client in _caseloads.Ask(code, caseload => caseload.Clients.ToArray()) ?? [])
            {
                registers[client] = code;
            }
        }
        return registers;
    }

    /// <summary>A client without a key, or in no register, is found no more.</summary>
    private async Task Take((GrainName Client, string Register)[] changed)
    {
        var known = (await _index.WordsOf([.. changed.Select(one => one.Client).Distinct()]))
            .ToDictionary(words => words.Client);
        foreach (var (client, register) in changed)
        {
            if (known.TryGetValue(client, out var words))
            {
                Take(words, IsIn(register, client) ? register : _caseloads.CodeOf(client.Key));
            }
            else
            {
                Words.Remove(client.Key);
            }
        }
    }

    private bool IsIn(string register, GrainName client) =>
        _caseloads.Ask(register, caseload => caseload.VersionOf(client.Key)) is not null;

    private void Take(in SealedWords words, string? register)
    {
        if (register is null || Identities.Open(words) is not { } opened)
        {
            Words.Remove(words.Client.Key);
        }
        else
        {
            Words.Put(register, words.Client.Key, opened.All());
        }
    }
}
