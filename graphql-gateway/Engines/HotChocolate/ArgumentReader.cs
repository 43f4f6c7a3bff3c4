using System.Globalization;
using HotChocolate.Execution;
using HotChocolate.Language;
using HotChocolate.Resolvers;

namespace OsstOrleans.Gateway.Engines.HotChocolate;

/// <summary>
/// A field's arguments in the forms that <see cref="Arguments"/> documents (specification section 6.4.1). The engine
/// has judged them already; its own input objects do not distinguish an absent field from one that is null.
/// </summary>
internal sealed class ArgumentReader(SdlIndex sdl, IReadOnlyDictionary<string, ScalarBinding> scalars)
{
    /// <exception cref="FieldFault">A variable leaves a non-null place without a value.</exception>
    public Arguments Read(FieldDefinitionNode field, IResolverContext context)
    {
        if (field.Arguments.Count == 0)
            return Arguments.None;
        var variables = new Dictionary<string, IValueNode>();
        foreach (var variable in context.Variables)
            variables[variable.Name] = variable.Value;
        var given = context.Selection.SyntaxNodes[0].Node.Arguments
            .ToDictionary(argument => argument.Name.Value, argument => argument.Value);
        return new Arguments(Fields(field.Arguments, given, variables));
    }

    private Dictionary<string, object?> Fields(
        IReadOnlyList<InputValueDefinitionNode> definitions, Dictionary<string, IValueNode> given,
        Dictionary<string, IValueNode> variables)
    {
        var values = new Dictionary<string, object?>(definitions.Count);
        foreach (var definition in definitions)
        {
            var name = definition.Name.Value;
            var value = given.GetValueOrDefault(name);
            if (value is VariableNode variable)
                value = variables.GetValueOrDefault(variable.Name.Value);
            value ??= definition.DefaultValue;
            if (value is not null)
                values[name] = Value(value, definition.Type, variables);
            else if (definition.Type is NonNullTypeNode)
                throw Missing(name);
        }
        return values;
    }

    private object? Value(IValueNode value, ITypeNode type, Dictionary<string, IValueNode> variables)
    {
        if (value is VariableNode variable)
            value = variables.GetValueOrDefault(variable.Name.Value) ?? NullValueNode.Default;
        if (type is NonNullTypeNode required)
            return value is NullValueNode
                ? throw Missing(SdlIndex.Named(type))
                : Value(value, required.Type, variables);
        if (value is NullValueNode)
            return null;
        if (type is ListTypeNode list)
            return value is ListValueNode items
                ? items.Items.Select(item => Value(item, list.Type, variables)).ToArray()
                : [Value(value, list.Type, variables)];
        return Named(value, ((NamedTypeNode)type).Name.Value, variables);
    }

    private object? Named(IValueNode value, string type, Dictionary<string, IValueNode> variables)
    {
        if (sdl.Input(type) is { } input)
            return Fields(
                input.Fields, ((ObjectValueNode)value).Fields.ToDictionary(f => f.Name.Value, f => f.Value), variables);
        var raw = RawInput.Of(value);
        if (scalars.TryGetValue(type, out var scalar))
            return raw is not null && scalar.TryRead(raw, out var read) ? read : throw Missing(type);
        return type switch
        {
            "Float" => raw switch { int whole => (double)whole, long whole => (double)whole, _ => raw },
            // A variable may give a whole number with a fraction of nothing.
            "Int" => raw is double real ? (int)real : raw,
            "ID" => Convert.ToString(raw, CultureInfo.InvariantCulture),
            _ => raw,
        };
    }

    private static FieldFault Missing(string what) =>
        new(GraphQLErrorCodes.Variables, $"\"{what}\" has no valid value.");
}
