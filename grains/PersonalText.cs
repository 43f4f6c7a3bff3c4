namespace OsstOrleans.Grains;

/// <summary>
/// Text that can identify or describe a person: a name, a personal identity code, a worker's free words. Wherever an
/// event or a state holds one, storage splits it from the coded data and encrypts it with that client's own key.
/// It never prints itself: only <see cref="Reveal"/> shows the words, so logs and error texts cannot leak them.
/// </summary>
public readonly record struct PersonalText
{
    private readonly string? _words;

    public PersonalText(string? words) => _words = words;

    /// <summary>True when nothing was written, or the client's key has been erased.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(_words);

    public int Length => _words?.Length ?? 0;

    /// <summary>The words themselves, null when there are none or they are no longer readable.</summary>
    public string? Reveal() => _words;

    public static PersonalText From(string? words) => new(words);

    public override string ToString() => IsEmpty ? "" : "[personal]";
}
