using OsstOrleans.GraphQL.Cost;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.GraphQL.Execution;

/// <summary>
/// The state of one run of a plan: the answer so far, where in it we are, and what resolvers have given.
/// </summary>
internal sealed class Run(
    OperationPlan plan, GraphQLRequestContext request, GraphQLOptions options,
    IReadOnlyDictionary<string, object?> variables)
    : IDisposable
{
    private readonly List<GraphQLError> _errors = [];
    private PathSegment[] _path = new PathSegment[32];
    private int _depth;
    private Exception? _told;
    private readonly object?[] _columns = plan.Slots == 0 ? [] : new object?[plan.Slots];

    public JsonSink Json { get; } = new();

    public OperationPlan Plan { get; } = plan;

    public GraphQLRequestContext Request { get; } = request;

    public GraphQLOptions Options { get; } = options;

    public IReadOnlyDictionary<string, object?> Variables { get; } = variables;

    /// <summary>What the operation costs with these variables.</summary>
    public OperationCost Cost { get; init; }

    /// <summary>Bounds the resolver calls under way.</summary>
    public SemaphoreSlim Turns { get; } = new(options.Limits.MaxConcurrentResolvers);

    public IReadOnlyList<GraphQLError> Errors => _errors;

    /// <summary>
    /// Set while writing parts that are thrown away because a neighbour failed: they are walked only to keep later
    /// values in step, and their errors do not count (specification section 6.4.4).
    /// </summary>
    public bool IsMuted { get; set; }

    /// <summary>A fresh run of the same request, for the next event of a subscription.</summary>
    public Run Next() => new(Plan, Request, Options, Variables) { Cost = Cost };

    public void Push(string name)
    {
        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }
        _path[_depth++] = new PathSegment(name, 0);
    }

    public void PushIndex()
    {
        if (_depth == _path.Length)
        {
            Array.Resize(ref _path, _depth * 2);
        }
        _path[_depth++] = new PathSegment(null, 0);
    }

    public void SetIndex(int index) => _path[_depth - 1].Index = index;

    public void Pop() => _depth--;

    /// <summary>Keeps what the resolvers of one place gave. Places may come in from several threads.</summary>
    public void SetColumn(int slot, object column) => _columns[slot] = column;

    public T Column<T>(int slot)
        where T : class
        => (T)_columns[slot]!;

    /// <summary>
    /// Turns an outcome into what stands in the answer at this place; false passes the missing value upwards.
    /// </summary>
    public bool Place(Outcome outcome, bool isNonNull, int start, FieldSite site, string? leaf)
    {
        if (outcome == Outcome.Null && isNonNull)
        {
            Report(GraphQLErrorCodes.NullValue,
                $"Cannot return null for non-nullable field {site.Definition}.", site, leaf);
            return false;
        }
        if (isNonNull)
        {
            return false;
        }
        Json.Truncate(start);
        Json.Raw("null,"u8);
        return true;
    }

    /// <summary>Reports an exception of a resolver: faults as they are, anything else masked.</summary>
    public void Report(Exception exception, FieldSite site, string? leaf)
    {
        switch (exception is FieldFault ? exception : Options.Expected?.Invoke(exception) ?? exception)
        {
            case FieldFault fault:
                Report(fault.Code, fault.Message, site, leaf, fault.Extensions);
                break;
            case OperationCanceledException when Request.Cancelled.IsCancellationRequested:
                Report(GraphQLErrorCodes.Timeout, "The execution was cancelled or took too long.", site, leaf);
                break;
            default:
                // A batch that fails as a whole fails at every parent, but is reported once.
                if (exception != _told)
                {
                    Options.OnUnexpectedFault?.Invoke(exception, Request.TraceId);
                }
                _told = exception;
                Report(GraphQLErrorCodes.Internal, "Unexpected fault", site, leaf,
                    new Dictionary<string, object?> { ["traceId"] = Request.TraceId });
                break;
        }
    }

    public void Report(
        string code, string message, FieldSite site, string? leaf,
        IReadOnlyDictionary<string, object?>? extensions = null)
    {
        if (IsMuted || _errors.Count >= Options.Limits.MaxErrors)
        {
            return;
        }
        var path = new List<object>(_depth + 1);
        for (var i = 0; i < _depth; i++)
        {
            path.Add(_path[i].Name ?? (object)_path[i].Index);
        }
        if (leaf is not null)
        {
            path.Add(leaf);
        }
        _errors.Add(new GraphQLError(code, message, site.Locations) { Path = path, Extensions = extensions });
    }

    public void Dispose()
    {
        Json.Dispose();
        Turns.Dispose();
    }

    private record struct PathSegment(string? Name, int Index);
}
