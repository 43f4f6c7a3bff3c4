using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Memory;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Audit;

/// <summary>Where what stands in a client's history came from (703/2023 39 §).</summary>
public static class RecordedOrigins
{
    /// <summary>As the register had said by the day of recording; null for what its own staff wrote.</summary>
    public static DataSource? Of(MunicipalityState register, in StoredEvent stored) => DataOrigins.Of(
        register, EventCodec.DecodeCoded(stored), stored.Actor, GrainServices.DayOf(stored.RecordedAt));
}
