namespace OsstOrleans.Grains.Disclosure;

/// <summary>A sum of cells of which some parts are withheld.</summary>
/// <param name="Shown">What may be shown.</param>
/// <param name="Withheld">Parts that are not in it.</param>
public readonly record struct DisclosedCount(int Shown, int Withheld)
{
    /// <summary>Null when something is withheld and nothing is left to show.</summary>
    public int? Value => Withheld > 0 && Shown == 0 ? null : Shown;

    /// <summary>With one part more; null for one that is withheld.</summary>
    public DisclosedCount Plus(int? part) =>
        part is { } shown ? this with { Shown = Shown + shown } : this with { Withheld = Withheld + 1 };
}
