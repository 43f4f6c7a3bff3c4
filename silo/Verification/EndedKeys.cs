using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Verification;

/// <summary>Whose keys have ended, by the log. One that is there all the same opens again what was destroyed: its row
/// was put back.</summary>
internal sealed class EndedKeys
{
    private static readonly string s_mattersEnded = EventCatalogue.NameOf<MattersEnded>();
    private static readonly string s_consentWithdrawn = EventCatalogue.NameOf<MeasureConsentWithdrawn>();
    private static readonly string s_clientErased = EventCatalogue.NameOf<ClientErased>();

    /// <summary>The last end of matters of each client that has one.</summary>
    private readonly Dictionary<GrainName, StoredEvent> _matters = [];

    private readonly HashSet<GrainName> _clients = [];

    /// <summary>Consents to words of the log that were withdrawn.</summary>
    private readonly HashSet<(GrainName Client, int Key)> _consents = [];

    /// <summary>Takes what a stream says of ends.</summary>
    public void Add(GrainName grain, IReadOnlyList<StoredEvent> events)
    {
        foreach (var stored in events)
        {
            if (stored.Type == s_mattersEnded)
            {
                _matters[grain] = stored;
            }
            else if (stored.Type == s_consentWithdrawn
                && EventCodec.DecodeCoded(stored) is MeasureConsentWithdrawn withdrawn)
            {
                _consents.Add((grain, MatterKey.OfConsent(withdrawn.Consent)));
            }
            else if (stored.Type == s_clientErased)
            {
                _clients.Add(grain);
            }
        }
    }

    /// <summary>What is wrong with a key that is there; null when it has not ended.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="matter">The number of its matter; null for another key of the client.</param>
    public string? FaultOf(GrainName client, int? matter) =>
        _clients.Contains(client) ? $"{client}: a key is there, and the client was erased"
        : matter is { } key && _consents.Contains((client, key))
            ? $"{client}: the key of a consent is there, and the consent was withdrawn"
        : matter > 0 && _matters.TryGetValue(client, out var stored)
            && EventCodec.DecodeCoded(stored) is MattersEnded ended && matter <= ended.Through
            ? $"{client}: the key of matter {matter} is there, and the matter has ended"
        : null;
}
