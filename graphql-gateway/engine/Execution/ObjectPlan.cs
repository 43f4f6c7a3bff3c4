using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>What to write for an object of one concrete type at one place of an operation.</summary>
internal sealed class ObjectPlan<T>
{
    private readonly FieldPlan<T>[] _fields;
    private readonly FieldPlan<T>[] _deferred;

    public ObjectPlan(ObjectType type, IEnumerable<FieldPlan<T>> fields)
    {
        Type = type;
        _fields = [.. fields];
        _deferred = [.. _fields.Where(f => f.IsDeferred)];
    }

    public ObjectType Type { get; }

    public IReadOnlyList<FieldPlan<T>> Fields => _fields;

    public bool IsDeferred => _deferred.Length > 0;

    public Outcome Write(T source, Run x)
    {
        x.Json.Raw((byte)'{');
        foreach (var field in _fields)
        {
            if (!field.Write(source, x))
            {
                return GiveUp(field, source, x);
            }
        }
        x.Json.Close((byte)'}');
        return Outcome.Written;
    }

    public ValueTask Resolve(IReadOnlyList<T> sources, Run x)
    {
        if (sources.Count == 0)
        {
            return default;
        }
        List<Task>? pending = null;
        foreach (var field in _deferred)
        {
            var task = field.Resolve(sources, x);
            if (!task.IsCompletedSuccessfully)
            {
                (pending ??= []).Add(task.AsTask());
            }
        }
        return pending is null ? default : new ValueTask(Task.WhenAll(pending));
    }

    /// <summary>
    /// The object is lost. The rest is walked without writing where resolved values below it wait to be taken in step.
    /// </summary>
    private Outcome GiveUp(FieldPlan<T> failed, T source, Run x)
    {
        if (!IsDeferred)
        {
            return Outcome.Faulted;
        }
        var wasMuted = x.IsMuted;
        x.IsMuted = true;
        for (var i = Array.IndexOf(_fields, failed) + 1; i < _fields.Length; i++)
        {
            _fields[i].Write(source, x);
        }
        x.IsMuted = wasMuted;
        return Outcome.Faulted;
    }
}
