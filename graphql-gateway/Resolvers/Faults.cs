using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>
/// What a caller gets where the platform cannot do its work. Any resolver may throw these: a read meets a store that is
/// away as a command does, so the mapping is made once, around all of them.
/// </summary>
internal static class Faults
{
    /// <summary>Null for an unexpected fault.</summary>
    public static FieldFault? Told(Exception fault) => fault switch
    {
        StoreFault store => new FieldFault(ErrorCodes.StoreUnavailable, store.Message),
        NotInStaff unknown => new FieldFault(ErrorCodes.NotInStaff, unknown.Message),
        LimitReached limit => new FieldFault(limit.Code, limit.Message),
        _ => null,
    };
}
