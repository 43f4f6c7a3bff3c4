namespace OsstOrleans.Silo.Storage.Sqlite;

/// <summary>The writer's statements for what is kept beside the log. They run inside the group's transaction.</summary>
internal sealed class SqliteNotes(Database database)
{
    private readonly Statement _find = database.Prepare("SELECT value FROM notes WHERE shelf = ?1 AND key = ?2");

    private readonly Statement _put = database.Prepare(
        """
        INSERT INTO notes (shelf, key, value, seal) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (shelf, key) DO UPDATE SET value = excluded.value, seal = excluded.seal
        """);

    private readonly Statement _remove = database.Prepare("DELETE FROM notes WHERE shelf = ?1 AND key = ?2");

    private readonly Statement _disclose = database.Prepare(
        """
        INSERT INTO disclosures (client, register, what, receiver, recipient, discloser, purpose, legal_basis,
            position, at, seal, writer, link)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
        """);

    public bool TryWrite(IReadOnlyList<NoteRow> changes, IReadOnlyList<NoteRow> provided, RowSeals? seals)
    {
        if (!provided.All(row => Is(row)))
        {
            return false;
        }
        foreach (var change in changes)
        {
            if (change.Value.IsEmpty)
            {
                _remove.Bind(1, change.Shelf).Bind(2, change.Key).Run();
            }
            else
            {
                _put.Bind(1, change.Shelf).Bind(2, change.Key).Bind(3, change.Value.Span)
                    .Bind(4, seals?.Of(change)).Run();
            }
        }
        return true;
    }

    public void Log(in DisclosureLine line, ChainLink link, byte[] seal) =>
        _disclose.Bind(1, line.Client.ToString()).Bind(2, line.Register).Bind(3, line.What).Bind(4, line.Receiver)
            .Bind(5, line.Recipient).Bind(6, line.Discloser).Bind(7, line.Purpose).Bind(8, line.LegalBasis)
            .Bind(9, line.Position).Bind(10, line.At.ToUnixTimeMilliseconds()).Bind(11, seal)
            .Bind(12, link.Writer).Bind(13, link.Number).Run();

    private bool Is(in NoteRow row)
    {
        var value = _find.Bind(1, row.Shelf).Bind(2, row.Key).Step() ? _find.Bytes(0) : [];
        var same = value.AsSpan().SequenceEqual(row.Value.Span);
        _find.Reset();
        return same;
    }
}

/// <summary>Rows to keep; its outcome's version is 1 when they were.</summary>
internal sealed class PendingNotes(IReadOnlyList<NoteRow> changes, IReadOnlyList<NoteRow> provided) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables) =>
        new(AppendResult.Appended, tables.Notes.TryWrite(changes, provided, tables.Seals) ? 1 : 0, 0);
}

internal sealed class PendingDisclosure(IReadOnlyList<DisclosureLine> lines) : PendingWrite
{
    protected override AppendOutcome Apply(SqliteTables tables)
    {
        foreach (var line in lines)
        {
            var (link, seal) = tables.Disclosures.Add(line, tables.Seals);
            tables.Notes.Log(line, link, seal);
        }
        return default;
    }
}
