using System.Collections.Concurrent;

namespace OsstOrleans.GraphQL.Requests;

/// <summary>
/// Prepared documents by their text. Bounded: a newcomer pushes out the oldest that was not used since it was last
/// looked at (second chance), so documents in use stay.
/// </summary>
internal sealed class DocumentCache(int capacity)
{
    /// <summary>Longer documents are rare and costly to keep: they are prepared anew each time.</summary>
    private const int MaxKeptLength = 64 * 1024;

    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly ConcurrentQueue<Entry> _clock = new();

    public int Count => _entries.Count;

    public PreparedDocument? Find(string text)
    {
        if (!_entries.TryGetValue(text, out var entry))
        {
            return null;
        }
        if (!entry.IsUsed)
        {
            entry.IsUsed = true;
        }
        return entry.Document;
    }

    public void Add(PreparedDocument document)
    {
        var entry = new Entry(document);
        if (capacity <= 0 || document.Text.Length > MaxKeptLength || !_entries.TryAdd(document.Text, entry))
        {
            return;
        }
        _clock.Enqueue(entry);
        // Each look clears a mark, so this ends even when every entry is in use.
        for (var looks = 2 * capacity;
             looks > 0 && _entries.Count > capacity && _clock.TryDequeue(out var oldest); looks--)
        {
            if (oldest.IsUsed)
            {
                oldest.IsUsed = false;
                _clock.Enqueue(oldest);
            }
            else
            {
                _entries.TryRemove(oldest.Document.Text, out _);
            }
        }
    }

    private sealed class Entry(PreparedDocument document)
    {
        private volatile bool _isUsed;

        public PreparedDocument Document { get; } = document;

        public bool IsUsed
        {
            get => _isUsed;
            set => _isUsed = value;
        }
    }
}
