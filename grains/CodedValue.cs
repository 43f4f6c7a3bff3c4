namespace OsstOrleans.Grains;

/// <summary>
/// A value of a national or local code system, stored with its system so that an official code can replace a
/// placeholder without a guess about the past.
/// </summary>
/// <param name="System">
/// The code system's identifier: an OID, or a local name where no national system is known.
/// </param>
/// <param name="Code">The code inside the system.</param>
public readonly record struct CodedValue(string System, string Code)
{
    public override string ToString() => $"{System}#{Code}";
}
