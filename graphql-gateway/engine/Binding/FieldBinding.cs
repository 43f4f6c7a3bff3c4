using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Binding;

/// <summary>A schema field bound to code; makes the plan of one place where an operation selects it.</summary>
internal abstract class FieldBinding<T>
{
    public abstract FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler);
}

internal sealed class PlainBinding<T, TValue>(Func<T, TValue> read, Output<TValue> output) : FieldBinding<T>
{
    public override FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler)
    {
        var writer = output.Writer(site, compiler);
        if (writer.IsDeferred)
        {
            return new PlainDeferredField<T, TValue>(site, read, writer, compiler.NewSlot());
        }
        return writer.KeepsPath
            ? new PlainField<T, TValue>(site, read, writer)
            : new PlainLeafField<T, TValue>(site, read, writer);
    }
}

internal sealed class RootBinding<T, TValue>(Func<FieldCall, ValueTask<TValue>> resolve, Output<TValue> output)
    : FieldBinding<T>
{
    public override FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler) =>
        new RootField<T, TValue>(site, resolve, output.Writer(site, compiler), compiler.NewSlot());
}

internal sealed class BatchBinding<T, TValue>(BatchCall<T, TValue> resolve, Output<TValue> output) : FieldBinding<T>
{
    public override FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler) =>
        new BatchField<T, TValue>(site, resolve, output.Writer(site, compiler), compiler.NewSlot());
}

internal sealed class StreamBinding<T, TEvent>(
    Func<FieldCall, CancellationToken, IAsyncEnumerable<TEvent>> open, Output<TEvent> output)
    : FieldBinding<T>
{
    public override FieldPlan<T> Plan(FieldSite site, PlanCompiler compiler) =>
        new StreamField<T, TEvent>(site, open, output.Writer(site, compiler));
}
