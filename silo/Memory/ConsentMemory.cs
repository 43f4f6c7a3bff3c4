using System.Security.Cryptography;
using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Memory;

/// <summary>
/// What an activation holds by the present consent: the consent's key, and the entries that it opens. They are part of
/// the state in memory, and of no event, snapshot or outcome.
/// </summary>
internal sealed class ConsentMemory(GrainName grain, GrainServices services)
{
    private readonly List<HistoryEntry> _entries = [];
    private ReadOnlyMemory<byte> _wrapped;
    private ClientCipher? _cipher;

    /// <summary>What is kept, in the order of recording. The versions lie beyond those of any log.</summary>
    public IReadOnlyList<HistoryEntry> Entries => _entries;

    private string Place => MasterKey.ConsentKeyName(grain);

    /// <summary>Takes what the store has.</summary>
    /// <exception cref="StoreFault">The key is another master key's, or an entry is damaged.</exception>
    public void Take(StreamTail tail)
    {
        Clear();
        if (tail.ConsentKey.IsEmpty)
        {
            return; // A row without a key was written beside an erasure, and cannot be read.
        }
        (_wrapped, _cipher) = (tail.ConsentKey, services.MasterKey.UnwrapConsent(grain, tail.ConsentKey));
        foreach (var kept in tail.Kept.Select(Open).OfType<Kept>().OrderBy(kept => kept.RecordedAt))
        {
            Add(kept);
        }
    }

    public void Clear()
    {
        _entries.Clear();
        (_wrapped, _cipher) = (default, null);
    }

    /// <summary>A new consent's key.</summary>
    public ReadOnlyMemory<byte> NewKey()
    {
        (_cipher, var wrapped) = services.MasterKey.NewConsentKey(grain);
        _wrapped = wrapped;
        return _wrapped;
    }

    /// <summary>Keeps an event; false when the store's consent is another one than this.</summary>
    public async ValueTask<bool> Add(IConsentEvent happened, Moment moment, string actor, long version)
    {
        var isNew = _cipher is null; // A consent given before consents had keys.
        var key = isNew ? NewKey() : _wrapped;
        var kept = new Kept(
            EventCatalogue.NameOf(happened), moment.OccurredOn, moment.RecordedAt, actor,
            JsonSerializer.SerializeToElement(happened, happened.GetType()));
        var mark = _cipher!.MarkOf($"{kept.Type} {kept.OccurredOn:O} {kept.Data}");
        var entry = new ConsentEntry(
            grain, key, mark, _cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(kept), Place))
        {
            NewKeyAtVersion = isNew ? version : null,
        };
        return Took(await services.Store.AddByConsent(entry), kept);
    }

    private bool Took(bool taken, Kept kept)
    {
        if (taken)
        {
            Add(kept);
        }
        return taken;
    }

    private void Add(Kept kept)
    {
        if (EventCatalogue.TypeOf(kept.Type) is { } type)
        {
            _entries.Add(new HistoryEntry(
                HistorySlice.BeyondTheLog + _entries.Count, 0, kept.Type, kept.OccurredOn, kept.RecordedAt, kept.Actor,
                (IEvent)kept.Data.Deserialize(type)!));
        }
    }

    private Kept? Open(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return JsonSerializer.Deserialize<Kept>(_cipher!.Open(entry.Span, Place));
        }
        catch (CryptographicException)
        {
            return null; // Sealed under an earlier consent's key: it slipped in beside an erasure.
        }
        catch (JsonException)
        {
            throw StoreFault.Damaged($"{grain}: what is kept by consent");
        }
    }

    private sealed record Kept(
        string Type, DateOnly OccurredOn, DateTimeOffset RecordedAt, string Actor, JsonElement Data);
}
