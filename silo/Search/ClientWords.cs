using System.Security.Cryptography;
using System.Text.Json;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Search;

/// <summary>
/// The words by which a client is found, as they were written: they lie sealed beside the client's key. Their names are
/// stored, so they may only grow.
/// </summary>
/// <param name="LastName"><em>Sukunimi</em>.</param>
/// <param name="FirstNames"><em>Etunimet</em>.</param>
/// <param name="BirthYear">Year of birth.</param>
/// <param name="FormerLastNames">Last names that the client had before, by which others may still know the client.
/// First names that were given up are found no more.</param>
/// <param name="Phones">Numbers in their international form.</param>
internal sealed record ClientWords(
    string LastName, string FirstNames, int BirthYear, IReadOnlyList<string> FormerLastNames,
    IReadOnlyList<string>? Phones = null)
{
    /// <summary>The words of a client by the events that tell of them; null when none can be read any more.</summary>
    public static ClientWords? Of(IReadOnlyList<IEvent> told)
    {
        var last = told.Select(static happened => happened switch
        {
            ClientRegistered registered => registered.LastName.Reveal(),
            ClientDetailsChanged changed => changed.LastName.Reveal(),
            _ => null,
        }).OfType<string>().ToArray();
        var known = told.Aggregate(
            ClientDecider.Initial,
            static (client, happened) => ClientDecider.Evolve(client, happened, DateOnly.MinValue));
        return known.Registered is { LastName.IsEmpty: false } named
            ? new ClientWords(
                last[^1], named.FirstNames.Reveal() ?? "", named.BirthYear,
                [.. last.Where(name => name != last[^1]).Distinct(StringComparer.Ordinal)],
                [.. PhonesOf(known.ContactDetails?.Recorded)])
            : null;
    }

    /// <summary>The words sealed with the client's own key.</summary>
    public byte[] Seal(GrainName client, ClientCipher cipher) =>
        cipher.Seal(JsonSerializer.SerializeToUtf8Bytes(this), PlaceOf(client));

    /// <summary>The words that lie beside a key; null for none, and for what does not open.</summary>
    public static ClientWords? Open(GrainName client, ClientCipher? cipher, ReadOnlyMemory<byte> words)
    {
        try
        {
            return words.IsEmpty || cipher is null
                ? null
                : JsonSerializer.Deserialize<ClientWords>(cipher.Open(words.Span, PlaceOf(client)));
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            return null; // Damaged: verify says so.
        }
    }

    /// <summary>True for the same words.</summary>
    public bool IsSame(ClientWords other) =>
        this with { FormerLastNames = other.FormerLastNames, Phones = other.Phones } == other
        && FormerLastNames.SequenceEqual(other.FormerLastNames)
        && (Phones ?? []).SequenceEqual(other.Phones ?? []);

    /// <summary>All folded words of names by which the client is found.</summary>
    public IEnumerable<string> Names() =>
    [
        .. FoldedWords.OfName(LastName), .. FoldedWords.OfName(FirstNames),
        .. FormerLastNames.SelectMany(FoldedWords.OfName),
    ];

    /// <summary>All by which the client is found.</summary>
    public IEnumerable<string> All() => [.. Names(), .. Phones ?? []];

    /// <summary>True when each word begins one of the client's.</summary>
    public bool Begin(IReadOnlyList<string> words)
    {
        var own = Names().ToArray();
        return words.All(word => own.Any(name => name.StartsWith(word, StringComparison.Ordinal)));
    }

    /// <summary>
    /// True when whole words name the client as others may know of: a present last name, and a first name beside it.
    /// With less a caller could spell a name out letter by letter, and ask for a last name that was given up.
    /// </summary>
    public bool IsNamedBy(IReadOnlyList<string> words)
    {
        string[] last = [.. FoldedWords.OfName(LastName)], first = [.. FoldedWords.OfName(FirstNames)];
        return words.All(word => last.Contains(word) || first.Contains(word))
            && words.Any(last.Contains) && words.Any(first.Contains);
    }

    private static IEnumerable<string> PhonesOf(ContactDetailsRecorded? details) =>
        new[] { details?.Phone, details?.OtherPhone }.Select(phone => phone?.Reveal()).OfType<string>();

    private static string PlaceOf(GrainName client) => $"{client} words";
}
