using System.Text;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Sdl;

/// <summary>A schema as SDL. Reading the text back gives the same schema; built-in definitions are left out.</summary>
internal sealed class SchemaPrinter
{
    private readonly StringBuilder _text = new();

    public static string Print(Schema schema)
    {
        var printer = new SchemaPrinter();
        printer.Roots(schema);
        foreach (var directive in schema.Directives.Where(d => !d.IsBuiltIn))
        {
            printer.Directive(directive);
        }
        foreach (var type in schema.Types.Where(t => !t.IsIntrospection && t is not ScalarType { IsBuiltIn: true }))
        {
            printer.Type(type);
        }
        return printer._text.ToString().TrimStart('\n');
    }

    private void Roots(Schema schema)
    {
        var usual = schema.Query.Name == "Query" && schema.Mutation is null or { Name: "Mutation" } &&
            schema.Subscription is null or { Name: "Subscription" };
        if (usual && schema.Description is null)
        {
            return;
        }
        Description(schema.Description, "");
        Line("schema {");
        Line($"  query: {schema.Query}");
        if (schema.Mutation is not null)
        {
            Line($"  mutation: {schema.Mutation}");
        }
        if (schema.Subscription is not null)
        {
            Line($"  subscription: {schema.Subscription}");
        }
        Line("}");
    }

    private void Directive(DirectiveType directive)
    {
        _text.Append('\n');
        Description(directive.Description, "");
        _text.Append("directive @").Append(directive.Name);
        Arguments(directive.Arguments, "");
        Line($"{(directive.IsRepeatable ? " repeatable" : "")} on {string.Join(" | ", directive.Locations)}");
    }

    private void Type(NamedType type)
    {
        _text.Append('\n');
        Description(type.Description, "");
        switch (type)
        {
            case ScalarType { SpecifiedByUrl: { } url }:
                Line($"scalar {type} @specifiedBy(url: {QuotedString.Write(url)}){type.Weights.Sdl}");
                break;
            case ScalarType:
                Line($"scalar {type}{type.Weights.Sdl}");
                break;
            case FieldsType fields:
                Fields(fields);
                break;
            case UnionType union:
                Line($"union {type} = {string.Join(" | ", union.Members)}");
                break;
            case EnumType values:
                Values(values);
                break;
            case InputObjectType input:
                Line($"input {type}{(input.IsOneOf ? " @oneOf" : "")} {{");
                foreach (var field in input.Fields)
                {
                    Input(field, "  ");
                }
                Line("}");
                break;
        }
    }

    private void Fields(FieldsType type)
    {
        var keyword = type is ObjectType ? "type" : "interface";
        var interfaces = type.Interfaces.Count > 0 ? $" implements {string.Join(" & ", type.Interfaces)}" : "";
        Line($"{keyword} {type}{interfaces}{type.Weights.Sdl} {{");
        foreach (var field in type.Fields)
        {
            Description(field.Description, "  ");
            _text.Append("  ").Append(field.Name);
            Arguments(field.Arguments, "  ");
            Line($": {field.Type}{Deprecated(field.DeprecationReason)}{field.Weights.Sdl}");
        }
        Line("}");
    }

    private void Values(EnumType type)
    {
        Line($"enum {type}{type.Weights.Sdl} {{");
        foreach (var value in type.Values)
        {
            Description(value.Description, "  ");
            Line($"  {value.Name}{Deprecated(value.DeprecationReason)}");
        }
        Line("}");
    }

    private void Arguments(IReadOnlyList<InputValue> arguments, string indent)
    {
        if (arguments.Count == 0)
        {
            return;
        }
        if (arguments.All(a => a.Description is null))
        {
            _text.Append('(').AppendJoin(", ", arguments.Select(Text)).Append(')');
            return;
        }
        Line("(");
        foreach (var argument in arguments)
        {
            Input(argument, indent + "  ");
        }
        _text.Append(indent).Append(')');
    }

    private void Input(InputValue input, string indent)
    {
        Description(input.Description, indent);
        Line(indent + Text(input));
    }

    private static string Text(InputValue input)
    {
        var value = input.Default is null ? "" : $" = {ValuePrinter.Print(input.Default)}";
        return $"{input.Name}: {input.Type}{value}{Deprecated(input.DeprecationReason)}{input.Weights.Sdl}";
    }

    private static string Deprecated(string? reason) => reason switch
    {
        null => "",
        "No longer supported" => " @deprecated",
        _ => $" @deprecated(reason: {QuotedString.Write(reason)})",
    };

    private void Description(string? description, string indent)
    {
        if (description is null)
        {
            return;
        }
        Line(indent + (BlockString.CanHold(description)
            ? BlockString.Write(description, indent)
            : QuotedString.Write(description)));
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
