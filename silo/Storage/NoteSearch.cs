namespace OsstOrleans.Silo.Storage;

/// <summary>One row among those of a shelf.</summary>
public static class NoteSearch
{
    /// <summary>The row of a key; null for none. Keys hold no <c>~</c> and end in a letter or a digit.</summary>
    public static async ValueTask<NoteRow?> Find(this INotes notes, string shelf, string key)
    {
        var before = key[..^1] + (char)(key[^1] - 1) + "~"; // Nothing lies between this and the key.
        return await notes.ReadRows(shelf, before, 1) is [var row] && row.Key == key ? row : null;
    }
}
