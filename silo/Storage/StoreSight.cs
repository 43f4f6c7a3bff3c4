using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Storage;

/// <summary>What a look at a store found. A look makes, changes and leaves nothing.</summary>
/// <param name="Tables">How old its tables are.</param>
/// <param name="LastPosition">Where its log ends; 0 where there are no tables yet.</param>
internal readonly record struct StoreSight(TableSteps Tables, long LastPosition);

/// <summary>How old the tables of a store are, counted in the steps (numbered migrations) that made them.</summary>
/// <param name="Step">The last step that was made; 0 where there are no tables yet.</param>
/// <param name="OpensFrom">The oldest program that may work on them, by the last step that it knows.</param>
/// <param name="Known">The last step that this program knows.</param>
internal readonly record struct TableSteps(int Step, int OpensFrom, int Known)
{
    /// <summary>True where this program must not work on them: they are newer, and not only by what was added.
    /// </summary>
    private bool AreTooNew => Step > Known && OpensFrom > Known;

    /// <summary>True where every step is made that this program knows.</summary>
    public bool AreCurrent => Step >= Known;

    /// <summary>Refuses tables that are too new, and says which program opens them.</summary>
    /// <param name="store">What holds them, as the beginning of a sentence.</param>
    /// <exception cref="StoreRefusal">They are.</exception>
    public TableSteps Demand(string store) => AreTooNew
        ? throw new StoreRefusal(
            $"{store} was written by a newer version: it has tables of step {Step}, which programs from step "
            + $"{OpensFrom} on open, and this one knows {Known}; upgrade to open it.")
        : this;
}
