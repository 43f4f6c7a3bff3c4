using OsstOrleans.Grains;
using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo.Feeds;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Telemetry;

namespace OsstOrleans.Silo.Search;

/// <summary>A client whom the caller may open.</summary>
/// <param name="Entry">The line of the caseload.</param>
/// <param name="LastName"><em>Sukunimi</em>.</param>
/// <param name="FirstNames"><em>Etunimet</em>.</param>
/// <param name="BirthYear">Year of birth.</param>
public sealed record FoundClient(
    CaseloadEntry Entry, PersonalText LastName, PersonalText FirstNames, int BirthYear);

/// <summary>What a search found.</summary>
/// <param name="Clients">Whom the caller may open, by name.</param>
/// <param name="Others">Whom the caller may not open: for their lines of the use log, and for no answer.</param>
/// <param name="HasMore">There are more whom the caller may open.</param>
public sealed record SearchResult(
    IReadOnlyList<FoundClient> Clients, IReadOnlyList<string> Others, bool HasMore)
{
    /// <summary>True when the register has a client whom the caller named and may not open.</summary>
    public bool OthersExist => Others.Count > 0;
}

/// <summary>Where is searched, and for whom.</summary>
/// <param name="Register">The register's code.</param>
/// <param name="SeenBy">Where the caller stands; null sees all.</param>
/// <param name="Today">The day.</param>
/// <param name="Max">Clients shown at most.</param>
public sealed record SearchQuestion(string Register, Standing? SeenBy, DateOnly Today, int Max)
{
    /// <summary>The municipalities whose clients are in it.</summary>
    public IReadOnlyList<string> Municipalities { get; init; } = [Register];
}

/// <summary>
/// Finds clients of one register by what people know of them. Whom the caller sees is judged as on lists, before any
/// word is opened. Others only exist for the caller, and only where the search names a person as a whole: by an
/// identifier, or by whole last and first names.
/// </summary>
public sealed class ClientSearch
{
    /// <summary>Letters that a name has at least, all its words together.</summary>
    public const int LeastLetters = 3;

    /// <summary>Clients whose words are opened at most for one search, of those seen and of others each.</summary>
    public const int MostOpened = 200;

    /// <summary>Words that a name may have.</summary>
    public const int MostWords = 12;

    private readonly IIdentityIndex _index;
    private readonly Caseloads _caseloads;
    private readonly IdentityFollower _follower;

    internal ClientSearch(IEventStore store, Caseloads caseloads, IdentityFollower follower) =>
        (_index, _caseloads, _follower) = ((IIdentityIndex)store, caseloads, follower);

    /// <summary>True when the words are enough to search by.</summary>
    public static bool IsEnough(string name) => FoldedWords.Of(name) is { Count: <= MostWords } words
        && words.Sum(word => word.Length) >= LeastLetters && words.Any(word => word.Length >= WordIndex.Shortest);

    /// <summary>Every client who has an identifier, in whatever register: for who answers about logs, and no other.
    /// </summary>
    public async ValueTask<IReadOnlyList<string>> Everywhere(string identifier)
    {
        var clients = new List<string>();
        foreach (var digest in _follower.Identities.DigestsOf(identifier))
        {
            clients.AddRange((await _index.ClientsOf(digest, MostOpened)).Select(client => client.Key));
        }
        return clients;
    }

    /// <summary>By beginnings of names.</summary>
    /// <exception cref="LimitReached">This process is still reading words.</exception>
    public async ValueTask<SearchResult> ByName(SearchQuestion question, string name)
    {
        DemandWhole();
        var words = FoldedWords.Of(name);
        var candidates = In(question, code => _follower.Words.Candidates(code, words));
        // Of others only those named as a whole are looked at: how long a search takes gives no beginning away.
        return await Answer(
            question, candidates, In(question, code => _follower.Words.Named(code, words)),
            known => known.Begin(words), known => known.IsNamedBy(words));
    }

    /// <summary>By a number of a telephone, in its international form.</summary>
    /// <exception cref="LimitReached">This process is still reading words.</exception>
    public async ValueTask<SearchResult> ByPhone(SearchQuestion question, string phone)
    {
        DemandWhole();
        var candidates = In(question, code => _follower.Words.Candidates(code, [phone]));
        return await Answer(question, candidates, candidates, HasPhone, HasPhone);

        bool HasPhone(ClientWords known) => known.Phones?.Contains(phone) is true;
    }

    /// <summary>By a <em>henkilötunnus</em> or <em>tilapäinen yksilöintitunnus</em>.</summary>
    public async ValueTask<SearchResult> ByIdentifier(SearchQuestion question, string identifier)
    {
        var clients = new List<string>();
        foreach (var digest in _follower.Identities.DigestsOf(identifier))
        {
            clients.AddRange((await _index.ClientsOf(digest, MostOpened)).Select(client => client.Key));
        }
        return await Among(question, clients);
    }

    /// <summary>Clients who are named otherwise, such as by an identifier of another system.</summary>
    public ValueTask<SearchResult> Among(SearchQuestion question, IReadOnlyList<string> clients) =>
        Answer(question, clients, clients, static _ => true, static _ => true);

    /// <summary>True while the client's key is there: not of one who was erased.</summary>
    public async ValueTask<bool> IsKept(string client) =>
        (await _index.WordsOf([GrainName.Client(client)])).Count > 0;

    private async ValueTask<SearchResult> Answer(
        SearchQuestion question, IReadOnlyList<string> clients, IReadOnlyList<string> named,
        Func<ClientWords, bool> isMeant, Func<ClientWords, bool> isNamed)
    {
        var (sorted, hidden) = (Sorted(question, clients), Sorted(question, named).Hidden);
        var seen = await Open([.. sorted.Seen.Select(entry => entry.Client)]);
        FoundClient[] found =
        [
            .. from entry in sorted.Seen
               let words = seen.GetValueOrDefault(entry.Client)
               where words is not null && isMeant(words)
               orderby Key(words.LastName), Key(words.FirstNames), words.BirthYear, entry.Client
               select new FoundClient(
                   entry, new PersonalText(words.LastName), new PersonalText(words.FirstNames), words.BirthYear),
        ];
        var others = await Open(hidden);
        return new SearchResult(
            [.. found.Take(question.Max)],
            [.. others.Where(other => isNamed(other.Value)).Select(other => other.Key)],
            found.Length > question.Max || sorted.HasMore);
    }

    private static IReadOnlyList<string> In(SearchQuestion question, Func<string, IReadOnlyList<string>> found) =>
        question.Municipalities is [var only] ? found(only) : [.. question.Municipalities.SelectMany(found)];

    /// <summary>Whom the caller sees, in all municipalities of the register together no more than are opened.</summary>
    private ClientsBySight Sorted(SearchQuestion question, IReadOnlyList<string> clients)
    {
        ClientsBySight[] parts =
        [
            .. _caseloads.AskEach(
                question.Municipalities,
                caseload => caseload.Sort(clients, question.SeenBy, question.Today, MostOpened)),
        ];
        return parts is [var only] ? only : new ClientsBySight(
            [.. parts.SelectMany(part => part.Seen).Take(MostOpened)],
            [.. parts.SelectMany(part => part.Hidden).Take(MostOpened)],
            parts.Any(part => part.HasMore) || parts.Sum(part => part.Seen.Count) > MostOpened);
    }

    /// <summary>The words of clients who have any, by client; an erased one has none.</summary>
    private async ValueTask<Dictionary<string, ClientWords>> Open(IReadOnlyList<string> clients)
    {
        var opened = new Dictionary<string, ClientWords>(StringComparer.Ordinal);
        if (clients.Count == 0)
        {
            return opened;
        }
        foreach (var words in await _index.WordsOf([.. clients.Select(GrainName.Client)]))
        {
            if (_follower.Identities.Open(words) is { } known)
            {
                opened[words.Client.Key] = known;
            }
        }
        return opened;
    }

    private void DemandWhole()
    {
        if (!_follower.Words.IsWhole)
        {
            throw LimitCounts.Reached(
                LimitCodes.SearchNotReady, "This process is still reading the names to search by; ask again.");
        }
    }

    private static string Key(string name) => string.Join(' ', FoldedWords.Of(name));
}
