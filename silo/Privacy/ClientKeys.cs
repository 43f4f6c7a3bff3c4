using System.Buffers.Binary;
using System.Security.Cryptography;
using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Privacy;

/// <summary>The key of one matter of a client, wrapped by the master key.</summary>
/// <param name="Matter">1, 2, 3 ... in the order in which the client's matters began.</param>
/// <param name="Wrapped">The key.</param>
public readonly record struct MatterKey(int Matter, ReadOnlyMemory<byte> Wrapped)
{
    /// <summary>Beyond the numbers of matters: keys of consents to words of the log lie among those of matters.
    /// </summary>
    private const int FirstConsent = 1_000;

    /// <summary>The number among the keys that the key of a consent has.</summary>
    /// <param name="consent">From 1.</param>
    public static int OfConsent(int consent) => FirstConsent + consent;
}

/// <summary>How words are sealed: by which cipher, and what stands before them to say so.</summary>
internal readonly record struct Sealing(ClientCipher Cipher, ReadOnlyMemory<byte> Form);

/// <summary>
/// The keys of one client: the client's own, and one for each matter that has words. What belongs to matters is sealed
/// under the client's own key and theirs together, so it is unreadable as soon as one of them is destroyed. It says
/// which matters those are (docs/decisions/0058).
/// </summary>
internal sealed class ClientKeys
{
    /// <summary>No client's, or of one who was erased: nothing opens.</summary>
    public static readonly ClientKeys None = new(null, []);

    /// <summary>Before a part that is sealed under matters: this, their number, and two bytes for each. A part under
    /// the client's own key alone begins with <see cref="ClientCipher"/>'s form.</summary>
    private const byte Form = 2;

    private readonly (int Matter, byte[] Key)[] _matters;
    private Sealing? _all;
    private (int Matter, Sealing Sealing)? _latest;

    private ClientKeys(ClientCipher? own, (int Matter, byte[] Key)[] matters) => (Own, _matters) = (own, matters);

    /// <summary>The client's own key; null for no client, and after the erasure.</summary>
    public ClientCipher? Own { get; }

    /// <summary>What the store has of a client.</summary>
    /// <exception cref="Faults.StoreFault">A key was wrapped by another master key, or is damaged.</exception>
    public static ClientKeys Of(
        MasterKey master, GrainName client, ReadOnlyMemory<byte> own, IReadOnlyList<MatterKey> matters) =>
        own.IsEmpty ? None : new ClientKeys(
            master.Unwrap(client, own),
            [
                .. matters.Select(key => (key.Matter, master.UnwrapMatter(client, key)))
                    .OrderBy(key => key.Matter),
            ]);

    /// <summary>True when these open something that others do not: a key was destroyed since.</summary>
    public bool OpenMoreThan(ClientKeys others) =>
        (Own is not null && others.Own is null) || _matters.Any(key => !others.Has(key.Matter));

    /// <summary>True when the matter has a key.</summary>
    public bool Has(int matter) => Array.Exists(_matters, key => key.Matter == matter);

    public ClientKeys WithOwn(ClientCipher own) => new(own, _matters);

    public ClientKeys With(int matter, byte[] key) => new(Own, [.. _matters, (matter, key)]);

    /// <summary>For the words of a client's basic data, or of one of the matters that have a key; null without an own
    /// key.</summary>
    /// <param name="matter">0 for the basic data.</param>
    public Sealing? Of(int matter)
    {
        if (Own is null || matter == 0)
        {
            return Own is null ? null : new Sealing(Own, default);
        }
        if (_latest is not { } latest || latest.Matter != matter)
        {
            _latest = latest = (matter, Under([.. _matters.Where(key => key.Matter == matter)]));
        }
        return latest.Sealing;
    }

    /// <summary>For words of a matter that are kept by a consent: they end with either; null without all keys.
    /// </summary>
    /// <param name="matter">The matter.</param>
    /// <param name="consent">The consent's number among the keys.</param>
    public Sealing? Of(int matter, int consent) => Own is null || !Has(matter) || !Has(consent)
        ? null
        : Under([.. _matters.Where(key => key.Matter == matter || key.Matter == consent)]);

    /// <summary>For what holds words of all classes: it opens as long as every key of today is there.</summary>
    public Sealing? OfAll() => _matters is [var (only, _)] ? Of(only)
        : Own is null ? null
        : _all ??= _matters.Length == 0 ? new Sealing(Own, default) : Under(_matters);

    /// <summary>What opens a sealed part, and the part without what stands before it; no cipher when a key is gone.
    /// </summary>
    public (ClientCipher? Cipher, ReadOnlyMemory<byte> Part) Opening(ReadOnlyMemory<byte> sealedPart)
    {
        if (Own is null || sealedPart.Span is not [Form, var count, ..] || sealedPart.Length < 2 + (2 * count))
        {
            return (Own, sealedPart);
        }
        var matters = sealedPart.Span[2..(2 + (2 * count))];
        var rest = sealedPart[(2 + (2 * count))..];
        if (count == 1)
        {
            var matter = BinaryPrimitives.ReadUInt16BigEndian(matters);
            return (Has(matter) ? Of(matter)!.Value.Cipher : null, rest);
        }
        var keys = new (int Matter, byte[] Key)[count];
        for (var i = 0; i < count; i++)
        {
            var matter = BinaryPrimitives.ReadUInt16BigEndian(matters[(2 * i)..]);
            if (!Has(matter))
            {
                return (null, rest);
            }
            keys[i] = Array.Find(_matters, key => key.Matter == matter);
        }
        return (Under(keys).Cipher, rest);
    }

    private Sealing Under((int Matter, byte[] Key)[] matters)
    {
        var form = new byte[2 + (2 * matters.Length)];
        (form[0], form[1]) = (Form, checked((byte)matters.Length));
        for (var i = 0; i < matters.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(form.AsSpan(2 + (2 * i)), checked((ushort)matters[i].Matter));
        }
        byte[] together = [.. form, .. matters.SelectMany(key => key.Key)];
        var sealing = new Sealing(Own!.Together(together), form);
        CryptographicOperations.ZeroMemory(together);
        return sealing;
    }
}

/// <summary>The keys with which one append seals: those there are, and those that it brings along.</summary>
/// <param name="master">What wraps new ones.</param>
/// <param name="client">Whose.</param>
/// <param name="known">Those that the store has.</param>
/// <param name="matter">The matter to which new words belong.</param>
internal sealed class AppendKeys(MasterKey master, GrainName client, ClientKeys known, int matter)
{
    /// <summary>The keys once the append is stored.</summary>
    public ClientKeys Keys { get; private set; } = known;

    /// <summary>The client's own key, wrapped, when it is new.</summary>
    public ReadOnlyMemory<byte> NewOwn { get; private set; }

    /// <summary>The key of a matter, or of a consent, that is new.</summary>
    public MatterKey? NewMatter { get; private set; }

    /// <summary>A client begins.</summary>
    public void Begin()
    {
        (var own, NewOwn) = master.NewClientKey(client);
        Keys = Keys.WithOwn(own);
    }

    /// <summary>Consents to words of the log begin; one append has one at most.</summary>
    public void Open(IEnumerable<IOpensSealing> consents)
    {
        foreach (var opened in consents)
        {
            Make(MatterKey.OfConsent(opened.Consent));
        }
    }

    /// <summary>For the words of an event; the first words of a matter make its key. Null without an own key.</summary>
    /// <param name="words">Their class.</param>
    /// <param name="consent">The consent by which they are kept; 0 for none.</param>
    public Sealing? Of(WordClass words, int consent = 0)
    {
        if (words is not WordClass.Matter || Keys.Own is null)
        {
            return Keys.Of(0);
        }
        if (!Keys.Has(matter))
        {
            Make(matter);
        }
        return consent == 0 ? Keys.Of(matter) : Keys.Of(matter, MatterKey.OfConsent(consent));
    }

    private void Make(int number)
    {
        (var key, var made) = master.NewMatterKey(client, number);
        (Keys, NewMatter) = (Keys.With(number, key), made);
    }
}
