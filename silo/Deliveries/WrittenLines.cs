using OsstOrleans.Grains;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Deliveries;

/// <summary>
/// The lines of the event whose attempts last, as they stand in the disclosure log: written once, and again where the
/// event may leave by another basis by now, since a line that is wrong is never followed by its event.
/// </summary>
internal sealed class WrittenLines
{
    private long _position;
    private (GrainName Client, string What, string LegalBasis)[] _said = [];

    /// <summary>True when the very lines of an event stand there already.</summary>
    public bool Have(OutgoingEvent outgoing) =>
        _position == outgoing.Position && _said.SequenceEqual(outgoing.Disclosures.Select(Said));

    /// <summary>An event's lines are durable.</summary>
    public void Take(OutgoingEvent outgoing) =>
        (_position, _said) = (outgoing.Position, [.. outgoing.Disclosures.Select(Said)]);

    /// <summary>What leaves once more has a line once more.</summary>
    public void Forget() => (_position, _said) = (0, []);

    private static (GrainName Client, string What, string LegalBasis) Said(DisclosureLine line) =>
        (line.Client, line.What, line.LegalBasis);
}
