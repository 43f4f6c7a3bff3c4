using OsstOrleans.GraphQL.Input;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>Faults of a schema as a whole (the "Type Validation" parts of specification section 3).</summary>
internal sealed class SchemaChecks
{
    private readonly List<string> _faults = [];
    private readonly Schema _schema;

    private SchemaChecks(Schema schema) => _schema = schema;

    public static IReadOnlyList<string> Check(Schema schema)
    {
        var checks = new SchemaChecks(schema);
        checks.CheckRoots();
        foreach (var type in schema.Types.Where(t =>
            !t.IsIntrospection || !BuiltIns.Sdl.Contains(t.Name, StringComparison.Ordinal)))
        {
            checks.CheckType(type);
        }
        foreach (var directive in schema.Directives)
        {
            checks.CheckName(directive.Name);
            checks.CheckInputs($"@{directive.Name}", directive.Arguments, parentheses: true);
        }
        if (checks._faults.Count == 0)
        {
            checks._faults.AddRange(InputCycles.Check(schema).Concat(WeightChecks.Check(schema)));
        }
        return checks._faults;
    }

    private void CheckRoots()
    {
        if (_schema.Query is null)
        {
            _faults.Add("Query root type must be provided.");
            return;
        }
        ObjectType?[] roots = [_schema.Query, _schema.Mutation, _schema.Subscription];
        foreach (var twice in roots.OfType<ObjectType>().GroupBy(r => r).Where(g => g.Skip(1).Any()))
        {
            _faults.Add($"All root types must be different, \"{twice.Key}\" type is used as several root types.");
        }
    }

    private void CheckType(NamedType type)
    {
        CheckName(type.Name);
        switch (type)
        {
            case FieldsType fields:
                CheckFields(fields);
                _faults.AddRange(InterfaceChecks.Check(fields));
                break;
            case UnionType union:
                if (union.Members.Count == 0)
                {
                    _faults.Add($"Union type {union} must define one or more member types.");
                }
                foreach (var twice in union.Members.GroupBy(m => m).Where(g => g.Skip(1).Any()))
                {
                    _faults.Add($"Union type {union} can only include type {twice.Key} once.");
                }
                break;
            case EnumType { Values: [] }:
                _faults.Add($"Enum type {type} must define one or more values.");
                break;
            case EnumType values:
                foreach (var value in values.Values)
                {
                    CheckName(value.Name);
                }
                break;
            case InputObjectType input:
                CheckInputObject(input);
                break;
        }
    }

    private void CheckFields(FieldsType type)
    {
        if (type.Fields.Count == 0)
        {
            _faults.Add($"Type {type} must define one or more fields.");
        }
        foreach (var field in type.Fields)
        {
            CheckName(field.Name);
            if (!field.Type.IsOutput)
            {
                _faults.Add($"The type of {field} must be Output Type but got: {field.Type}.");
            }
            CheckInputs($"{field}", field.Arguments, parentheses: true);
        }
    }

    private void CheckInputObject(InputObjectType type)
    {
        if (type.Fields.Count == 0)
        {
            _faults.Add($"Input Object type {type} must define one or more fields.");
        }
        CheckInputs(type.Name, type.Fields, parentheses: false);
        foreach (var field in type.Fields.Where(_ => type.IsOneOf))
        {
            if (field.Type is NonNullType)
            {
                _faults.Add($"OneOf input field {type}.{field.Name} must be nullable.");
            }
            if (field.Default is not null)
            {
                _faults.Add($"OneOf input field {type}.{field.Name} cannot have a default value.");
            }
        }
    }

    private void CheckInputs(string owner, IReadOnlyList<InputValue> inputs, bool parentheses)
    {
        foreach (var input in inputs)
        {
            CheckName(input.Name);
            var place = parentheses ? $"{owner}({input.Name}:)" : $"{owner}.{input.Name}";
            if (!input.Type.IsInput)
            {
                _faults.Add($"The type of {place} must be Input Type but got: {input.Type}.");
            }
            else if (input.Default is not null)
            {
                LiteralCheck.Check(input.Default, input.Type, suggests: true,
                    (error, _) => _faults.Add($"{place} has invalid default value: {error}"));
            }
            if (input.IsRequired && input.DeprecationReason is not null)
            {
                _faults.Add(parentheses
                    ? $"Required argument {place} cannot be deprecated."
                    : $"Required input field {place} cannot be deprecated.");
            }
        }
    }

    private void CheckName(string name)
    {
        if (name.StartsWith("__", StringComparison.Ordinal))
        {
            _faults.Add($"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.");
        }
    }
}
