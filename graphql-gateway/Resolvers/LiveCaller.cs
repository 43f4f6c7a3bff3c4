namespace OsstOrleans.Gateway.Resolvers;

/// <summary>Who asks in one operation: a stream that goes on has at each event the rights of then.</summary>
/// <param name="granted">The caller with the rights that are left.</param>
/// <param name="purpose">Why the operation asks; null when it says nothing.</param>
internal sealed class LiveCaller(Func<Caller> granted, string? purpose)
{
    /// <summary>One reference: fields of an operation are resolved at the same time.</summary>
    private Asked? _last;

    /// <summary>The caller with the rights that are left now.</summary>
    public Caller Now
    {
        get
        {
            var caller = granted();
            if (purpose is null)
            {
                return caller;
            }
            var last = _last;
            if (last is null || !ReferenceEquals(last.Granted, caller))
            {
                _last = last = new Asked(caller, caller with { Purpose = purpose });
            }
            return last.Asking;
        }
    }

    private sealed record Asked(Caller Granted, Caller Asking);
}
