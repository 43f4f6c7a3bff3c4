namespace OsstOrleans.Silo.Storage;

/// <summary>Something kept under a key of a shelf.</summary>
public readonly record struct NoteRow(string Shelf, string Key, ReadOnlyMemory<byte> Value);

/// <summary>Rows that are kept beside the log: they change often and say nothing of what happened.</summary>
public interface INotes
{
    /// <summary>The rows of a shelf after a key, in the order of keys.</summary>
    ValueTask<IReadOnlyList<NoteRow>> ReadRows(string shelf, string after, int max);

    /// <summary>Puts and removes (empty value) all rows or none; durable when the task completes.</summary>
    /// <param name="changes">The rows as they are to be.</param>
    /// <param name="provided">Only while these rows are as they say; one of an empty value must not be there.</param>
    /// <returns>False when one of them is not: nothing was changed.</returns>
    ValueTask<bool> TryWrite(IReadOnlyList<NoteRow> changes, params IReadOnlyList<NoteRow> provided);
}
