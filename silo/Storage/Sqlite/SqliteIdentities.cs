using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>Reads what lies beside the keys of clients; see <see cref="IIdentityIndex"/>.</summary>
internal sealed class SqliteIdentities(Database database)
{
    private Statement? _unindexed;
    private Statement? _shared;
    private Statement? _same;
    private Statement? _words;
    private Statement? _page;

    public IReadOnlyList<GrainName> Without(int max)
    {
        _unindexed ??= database.Prepare("SELECT stream FROM keys WHERE identity IS NULL LIMIT ?1");
        return Read(_unindexed.Bind(1, max), static (client, _) => client);
    }

    public IReadOnlyList<IdentityDigest> Shared(IdentityDigest after, int max)
    {
        _shared ??= database.Prepare(
            """
            SELECT stream, identity FROM keys WHERE length(identity) > 0 AND identity IN (
                SELECT identity FROM keys WHERE length(identity) > 0 GROUP BY identity HAVING count(*) > 1)
                AND (?1 IS NULL OR (identity, stream) > (?1, ?2))
            ORDER BY identity, stream LIMIT ?3
            """);
        return Read(
            _shared.Bind(1, after.Digest.Span).Bind(2, after.Name).Bind(3, max),
            static (client, row) => new IdentityDigest(client, row.Bytes(1)));
    }

    public IReadOnlyList<GrainName> Of(ReadOnlyMemory<byte> digest, int max)
    {
        _same ??= database.Prepare("SELECT stream FROM keys WHERE length(identity) > 0 AND identity = ?1 LIMIT ?2");
        return Read(_same.Bind(1, digest.Span).Bind(2, max), static (client, _) => client);
    }

    public IReadOnlyList<SealedWords> WordsOf(IReadOnlyList<GrainName> clients)
    {
        _words ??= database.Prepare("SELECT stream, wrapped, words FROM keys WHERE stream = ?1");
        return [.. clients.SelectMany(client => Read(_words.Bind(1, client.ToString()), Words))];
    }

    public IReadOnlyList<SealedWords> WordsAfter(string after, int max)
    {
        _page ??= database.Prepare(
            "SELECT stream, wrapped, words FROM keys WHERE stream > ?1 AND words IS NOT NULL ORDER BY stream LIMIT ?2");
        return Read(_page.Bind(1, after).Bind(2, max), Words);
    }

    private static SealedWords Words(GrainName client, Statement row) => new(client, row.Bytes(1), row.Bytes(2));

    private static List<T> Read<T>(Statement rows, Func<GrainName, Statement, T> read)
    {
        var found = new List<T>();
        try
        {
            while (rows.Step())
            {
                if (GrainName.TryParse(rows.Text(0), out var client))
                {
                    found.Add(read(client, rows));
                }
            }
        }
        finally
        {
            rows.Reset();
        }
        return found;
    }
}
