using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Selections;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// Gives one operation's plan its places: fields are collected once per concrete type and never again while executing.
/// </summary>
/// <param name="collector">Finds the operation's fields.</param>
/// <param name="text">The document, where errors show their places.</param>
internal sealed class PlanCompiler(FieldCollector collector, string text)
{
    /// <summary>Places of the operation that store what resolvers give.</summary>
    public int Slots { get; private set; }

    public int NewSlot() => Slots++;

    /// <inheritdoc cref="FieldCollector.Fields"/>
    public IEnumerable<FieldSite> Sites(ObjectType type, IReadOnlyList<SelectionSet> sets) =>
        collector.Fields(type, sets).Select(f => new FieldSite(text, f.Field, f.Mentions, collector));
}
