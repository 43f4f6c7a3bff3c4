using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using OsstOrleans.GraphQL.Binding;
using OsstOrleans.GraphQL.Cost;
using OsstOrleans.GraphQL.Execution;
using OsstOrleans.GraphQL.Input;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Selections;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Requests;

/// <summary>One operation of a valid document: its variables, and its plans by the answer to its conditions.</summary>
internal sealed class PreparedOperation
{
    private const int MaxPlans = 32;
    private const int BitsOfKey = 64;
    private readonly ConcurrentDictionary<ulong, OperationPlan> _plans = new();
    private readonly ExecutableSchema _schema;
    private readonly PreparedDocument _document;
    private readonly (VariableDefinition Node, GraphType Type)[] _variables;
    private readonly string[] _conditions;

    public PreparedOperation(ExecutableSchema schema, PreparedDocument document, OperationDefinition definition)
    {
        _schema = schema;
        _document = document;
        Definition = definition;
        _variables = [.. definition.Variables.Select(v => (v, TypeOf(v.Type)))];
        var tested = ConditionVariables.In(definition, document.Fragments);
        _conditions = [.. definition.Variables.Select(v => v.Name.Text).Where(tested.Contains)];
    }

    public OperationDefinition Definition { get; }

    /// <summary>Coerces the variables (specification section 6.1.2); errors say where in which variable.</summary>
    /// <param name="given">The request's variables.</param>
    /// <param name="options">What values may be, and how errors speak.</param>
    /// <param name="errors">Takes each error.</param>
    public IReadOnlyDictionary<string, object?> Variables(
        JsonElement? given, GraphQLOptions options, List<GraphQLError> errors)
    {
        if (_variables.Length == 0)
        {
            return FrozenDictionary<string, object?>.Empty;
        }
        var values = new Dictionary<string, object?>(_variables.Length);
        foreach (var (node, type) in _variables)
        {
            if (errors.Count >= options.Limits.MaxErrors)
            {
                break;
            }
            var input = new JsonInput(type, options.Suggests, options.Limits);
            try
            {
                Read(node, type, given, input, values);
            }
            catch (InvalidOperationException)
            {
                // JSON may escape half a surrogate pair; such text cannot be held, compared or stored.
                input.Errors.Add(new(GraphQLErrorCodes.Variables, ": The text is not valid Unicode."));
            }
            foreach (var error in input.Errors)
            {
                errors.Add(GraphQLError.At(error.Code,
                    $"Variable \"${node.Name}\" has invalid value{error.Text}", _document.Text, node.At));
            }
        }
        // A nullable variable with a default may stand in a condition; null itself is no answer to one.
        foreach (var condition in _conditions)
        {
            if (errors.Count == 0 && values.GetValueOrDefault(condition) is null)
            {
                errors.Add(new GraphQLError(GraphQLErrorCodes.Variables,
                    $"Variable \"${condition}\" must not be null where it decides on @skip or @include.", []));
            }
        }
        return values;
    }

    public OperationPlan Plan(IReadOnlyDictionary<string, object?> variables)
    {
        if (_conditions.Length > BitsOfKey)
        {
            return Compile(variables);
        }
        var key = 0UL;
        for (var i = 0; i < _conditions.Length; i++)
        {
            if (variables.GetValueOrDefault(_conditions[i]) is true)
            {
                key |= 1UL << i;
            }
        }
        if (_plans.TryGetValue(key, out var plan))
        {
            return plan;
        }
        plan = Compile(variables);
        if (_plans.Count < MaxPlans)
        {
            _plans.TryAdd(key, plan);
        }
        return plan;
    }

    private static void Read(
        VariableDefinition node, GraphType type, JsonElement? given, JsonInput input,
        Dictionary<string, object?> values)
    {
        if (given is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(node.Name.Text, out var value))
        {
            values[node.Name.Text] = input.Read(value, type);
        }
        else if (node.Default is not null)
        {
            values[node.Name.Text] = LiteralInput.Constant(node.Default, type);
        }
        else if (type is NonNullType)
        {
            input.Errors.Add(new(GraphQLErrorCodes.Variables, ": " + InputErrors.Missing(type)));
        }
    }

    private OperationPlan Compile(IReadOnlyDictionary<string, object?> variables)
    {
        var conditions = _conditions.ToDictionary(c => c, c => variables.GetValueOrDefault(c) is true);
        var collector = new FieldCollector(_schema.Schema, _document.Fragments, conditions);
        var compiler = new PlanCompiler(collector, _document.Text);
        var type = _schema.Schema.Root(Definition.Kind)!;
        var root = _schema.Root(type).Plan([Definition.SelectionSet], compiler);
        return new OperationPlan(Definition.Kind, root, compiler.Slots)
        {
            Selected = new CostCompiler(_schema.Schema, collector).Of(type, [Definition.SelectionSet]),
            RootWeight = CostCompiler.TypeWeight(type),
            Introspects = collector.Introspects,
        };
    }

    private GraphType TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => new ListType(TypeOf(list.Of)),
        NonNullTypeNode required => new NonNullType(TypeOf(required.Of)),
        NamedTypeNode named => _schema.Schema.Type(named.Name.Text)!,
        _ => throw new InvalidOperationException("Unknown type node."),
    };
}
