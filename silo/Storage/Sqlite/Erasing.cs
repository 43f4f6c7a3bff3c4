using OsstOrleans.Grains;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>The writer's statements on what can go: keys of consents and matters, what is kept by consent, and a
/// person's keys.</summary>
internal sealed class Erasing(Database database)
{
    /// <summary>A key beside the client's own has no identity: an empty one says so.</summary>
    private readonly Statement _addKey = database.Prepare(
        "INSERT OR IGNORE INTO keys (stream, wrapped, identity) VALUES (?1, ?2, x'')");

    private readonly Statement _takeKey = database.Prepare(
        "INSERT OR REPLACE INTO keys (stream, wrapped, identity) VALUES (?1, ?2, x'')");

    private readonly Statement _findKey = database.Prepare("SELECT 1 FROM keys WHERE stream = ?1 AND wrapped = ?2");

    private readonly Statement _keep = database.Prepare(
        "INSERT OR IGNORE INTO kept (stream, mark, sealed, seal) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _deleteKey = database.Prepare("DELETE FROM keys WHERE stream = ?1");

    private readonly Statement _deleteKeysBeside = database.Prepare(
        "DELETE FROM keys WHERE stream > ?1 AND stream < ?2");

    private readonly Statement _deleteKept = database.Prepare("DELETE FROM kept WHERE stream = ?1");

    private readonly Statement _deleteSnapshot = database.Prepare("DELETE FROM snapshots WHERE stream = ?1");

    /// <summary>Adds a key beside the client's own; the first one of a name stays.</summary>
    public void AddKey(string name, ReadOnlyMemory<byte> wrapped) => _addKey.Bind(1, name).Bind(2, wrapped.Span).Run();

    public void TakeConsentKey(GrainName grain, ReadOnlyMemory<byte> wrapped) =>
        _takeKey.Bind(1, MasterKey.ConsentKeyName(grain)).Bind(2, wrapped.Span).Run();

    public bool AddByConsent(ConsentEntry entry, byte[]? seal)
    {
        var isKey = _findKey.Bind(1, MasterKey.ConsentKeyName(entry.Grain)).Bind(2, entry.ConsentKey.Span).Step();
        _findKey.Reset();
        if (isKey)
        {
            _keep.Bind(1, entry.Grain.ToString()).Bind(2, entry.Mark.Span).Bind(3, entry.Sealed.Span)
                .Bind(4, seal).Run();
        }
        return isKey;
    }

    public void EndMatters(GrainName client, int through)
    {
        for (var matter = 1; matter <= through; matter++)
        {
            _deleteKey.Bind(1, MasterKey.MatterKeyName(client, matter)).Run();
        }
        _deleteSnapshot.Bind(1, client.ToString()).Run();
    }

    public void EndSealing(GrainName client, int consent)
    {
        _deleteKey.Bind(1, MasterKey.SealingKeyName(client, consent)).Run();
        _deleteSnapshot.Bind(1, client.ToString()).Run();
    }

    public void Erase(GrainName grain, Erasure erasure)
    {
        _deleteKey.Bind(1, MasterKey.ConsentKeyName(grain)).Run();
        _deleteKept.Bind(1, grain.ToString()).Run();
        if (erasure == Erasure.Person)
        {
            _deleteKey.Bind(1, grain.ToString()).Run();
            _deleteKeysBeside.Bind(1, MasterKey.BeginOfKeyNames(grain)).Bind(2, MasterKey.EndOfKeyNames(grain)).Run();
            _deleteSnapshot.Bind(1, grain.ToString()).Run();
        }
    }
}
