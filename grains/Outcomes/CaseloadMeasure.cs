namespace OsstOrleans.Grains.Outcomes;

/// <summary>What a trend counts of a municipality's clients.</summary>
public enum CaseloadMeasure : byte
{
    /// <summary>Clients whose matter is open at the end of the period.</summary>
    Open = 1,

    /// <summary>Matters that became open here: clients registered, moved here, or opened again.</summary>
    New = 2,

    /// <summary>Matters that ceased to be open here: closed, or moved away. Erasure changes no count.</summary>
    Closed = 3,

    /// <summary>Referrals that arrived, each notice of its own.</summary>
    Referred = 4,

    /// <summary>Meetings to which the client came.</summary>
    Met = 5,

    /// <summary>Plans made.</summary>
    Plans = 6,

    /// <summary>Reviews of plans.</summary>
    Reviews = 7,

    /// <summary>Meetings to which the client did not come, without cancelling (no-shows).</summary>
    Missed = 8,

    /// <summary>Those of the meetings to which the client came of which a reminder had been delivered.</summary>
    MetReminded = 9,

    /// <summary>Those of the missed meetings of which a reminder had been delivered.</summary>
    MissedReminded = 10,
}
