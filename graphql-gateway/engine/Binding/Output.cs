using OsstOrleans.GraphQL.Execution;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>
/// How values of a CLR type stand for a GraphQL type; makes the writer for one place of an operation.
/// </summary>
internal abstract class Output<T>
{
    public abstract ValueWriter<T> Writer(FieldSite site, PlanCompiler compiler);
}

internal sealed class LeafOutput<T>(ValueWriter<T> writer) : Output<T>
{
    public override ValueWriter<T> Writer(FieldSite site, PlanCompiler compiler) => writer;
}

internal sealed class NullableOutput<T>(Output<T> inner) : Output<T?>
    where T : struct
{
    public override ValueWriter<T?> Writer(FieldSite site, PlanCompiler compiler) =>
        new NullableWriter<T>(inner.Writer(site, compiler));
}

internal sealed class ListOutput<TList, TItem>(Output<TItem> item, bool isItemNonNull) : Output<TList>
    where TList : IReadOnlyCollection<TItem>
{
    public override ValueWriter<TList> Writer(FieldSite site, PlanCompiler compiler) =>
        new ListWriter<TList, TItem>(item.Writer(site, compiler), isItemNonNull, site, compiler.NewSlot());
}

internal sealed class ObjectOutput<TValue, T>(ObjectBinding<T> binding) : Output<TValue>
{
    public override ValueWriter<TValue> Writer(FieldSite site, PlanCompiler compiler)
    {
        var plan = binding.Plan(site.SelectionSets, compiler);
        return plan is ObjectPlan<TValue> same ? new ObjectWriter<TValue>(same) : new CastWriter<TValue, T>(plan);
    }
}

internal sealed class AbstractOutput<T>(string typeName, IReadOnlyList<(Type Clr, Output<T> Output)> possible)
    : Output<T>
{
    public override ValueWriter<T> Writer(FieldSite site, PlanCompiler compiler) =>
        new AbstractWriter<T>(typeName, [.. possible.Select(p => (p.Clr, p.Output.Writer(site, compiler)))]);
}
