using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Audit;

/// <summary>A client's own words in a request for log lines.</summary>
/// <param name="Reason">Why older lines are asked for.</param>
/// <param name="Note">What else is asked.</param>
public sealed record AskedWords(PersonalText? Reason, PersonalText? Note);

/// <summary>
/// Reads the words of requests for log lines, for who answers them and reads nothing else of the client: also the
/// officer for data protection, and where the client has moved away. Who asks for them leaves the line.
/// </summary>
/// <param name="services">The log and its keys.</param>
public sealed class LogRequestWords(GrainServices services)
{
    /// <summary>The words by request; a client who was erased has none.</summary>
    public async ValueTask<IReadOnlyDictionary<string, AskedWords>> Of(string client)
    {
        var grain = GrainName.Client(client);
        var stream = await services.Store.Load(grain);
        var codec = new EventCodec(grain) { Keys = stream.KeysOf(grain, services.MasterKey) };
        var name = EventCatalogue.NameOf<LogReportRequested>();
        return stream.Events.Where(stored => stored.Type == name)
            .Select(stored => (LogReportRequested)codec.Decode(stored)!)
            .ToDictionary(it => it.RequestId, it => new AskedWords(it.Reason, it.Note), StringComparer.Ordinal);
    }
}
