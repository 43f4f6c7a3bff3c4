using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>One field of an object at one place of an operation.</summary>
internal abstract class FieldPlan<T>(FieldSite site)
{
    public FieldSite Site { get; } = site;

    /// <summary>A resolver has to be called, here or below, before this field can be written.</summary>
    public abstract bool IsDeferred { get; }

    /// <summary>Writes name, value and a comma; false when the whole object is lost.</summary>
    public abstract bool Write(T source, Run x);

    public virtual ValueTask Resolve(IReadOnlyList<T> sources, Run x) => default;

    /// <summary>
    /// Writes a value under its name; the value's own place is named by the path where errors may be below.
    /// </summary>
    protected bool Write<TValue>(TValue value, ValueWriter<TValue> writer, Run x)
    {
        x.Json.Raw(Site.Prefix);
        var start = x.Json.Length;
        Outcome outcome;
        x.Push(Site.ResponseName);
        try
        {
            outcome = writer.Write(value, x);
        }
        catch (Exception fault)
        {
            x.Report(fault, Site, null);
            outcome = Outcome.Faulted;
        }
        var stands = outcome == Outcome.Written || x.Place(outcome, Site.IsNonNull, start, Site, null);
        if (outcome == Outcome.Written)
        {
            x.Json.Raw((byte)',');
        }
        x.Pop();
        return stands;
    }

    /// <summary>Writes null for a field whose resolver failed.</summary>
    protected bool WriteFault(Exception fault, Run x)
    {
        x.Json.Raw(Site.Prefix);
        x.Report(fault, Site, Site.ResponseName);
        return x.Place(Outcome.Faulted, Site.IsNonNull, x.Json.Length, Site, null);
    }

    protected FieldCall Call(Run x) => new(Site.Arguments.With(x.Variables), x.Request, Site.Selects);
}

/// <summary><c>__typename</c>: the same bytes for every object of the type.</summary>
internal sealed class TypeNameField<T>(FieldSite site, string typeName) : FieldPlan<T>(site)
{
    private readonly byte[] _bytes = [.. site.Prefix, .. System.Text.Encoding.UTF8.GetBytes($"\"{typeName}\",")];

    public override bool IsDeferred => false;

    public override bool Write(T source, Run x)
    {
        x.Json.Raw(_bytes);
        return true;
    }
}
