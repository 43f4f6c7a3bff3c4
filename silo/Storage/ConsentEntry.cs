using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Storage;

/// <summary>
/// What is kept of a person by consent: beside the log, so that it can really go. It leaves no event, no version, no
/// outcome of a command and no time; once the consent's key is destroyed nothing of it is left or readable.
/// </summary>
/// <param name="Grain">Whose it is.</param>
/// <param name="ConsentKey">
/// The wrapped key that seals it; the store takes it only while that is the grain's key.
/// </param>
/// <param name="Mark">The same for the same content, and telling nothing without the key: kept once.</param>
/// <param name="Sealed">The content.</param>
public sealed record ConsentEntry(
    GrainName Grain, ReadOnlyMemory<byte> ConsentKey, ReadOnlyMemory<byte> Mark, ReadOnlyMemory<byte> Sealed)
{
    /// <summary>
    /// Set for a consent that was given before consents had keys: the key is stored with the entry, if the stream is
    /// still at this version.
    /// </summary>
    public long? NewKeyAtVersion { get; init; }
}
