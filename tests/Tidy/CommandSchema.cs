using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.GraphQL.Resolvers;

namespace OsstOrleans.Tidy.Tests;

/// <summary>
/// What the schema says of commands, written from their records and these records' documentation: the fields of
/// <c>Mutation</c>, an input and a payload each, and the inputs of the records inside them.
/// </summary>
internal static class CommandSchema
{
    private static readonly (CommandFamily Family, Type Command)[] Commands =
    [
        .. CommandResolvers.Families.SelectMany(family => family.Commands
            .OrderBy(command => command.Name, StringComparer.Ordinal).Select(command => (family, command))),
    ];

    /// <summary>The fields of <c>Mutation</c>.</summary>
    public static string Mutations()
    {
        var sdl = new SdlText();
        foreach (var (_, command) in Commands)
        {
            var field = $"{Camel(command.Name)}(input: {command.Name}Input!): {command.Name}Payload";
            sdl.Described(2, RecordDocs.Of(command));
            sdl.Line(2, field, "@cost(weight: \"10\")");
        }
        return sdl.ToString();
    }

    /// <summary>The types of inputs and payloads.</summary>
    public static string Types()
    {
        var sdl = new SdlText();
        foreach (var (family, command) in Commands)
        {
            Input(sdl, family, command);
            Payload(sdl, family, command);
        }
        AnyCommand(sdl);
        var inner = Commands.SelectMany(pair => RecordsIn(pair.Command)).Distinct();
        foreach (var record in inner.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            sdl.Described(0, RecordDocs.Of(record));
            sdl.Line(0, $"input {record.Name}Input {{");
            Fields(sdl, record);
            sdl.Line(0, "}\n");
        }
        return sdl.ToString();
    }

    /// <summary>One of all, for batches.</summary>
    private static void AnyCommand(SdlText sdl)
    {
        sdl.Described(0, "One command: the input of exactly one mutation.");
        sdl.Line(0, "input CommandInput @oneOf {");
        foreach (var (_, command) in Commands)
        {
            sdl.Described(2, $"As `{Camel(command.Name)}`.");
            sdl.Line(2, $"{Camel(command.Name)}: {command.Name}Input", "@cost(weight: \"10\")");
        }
        sdl.Line(0, "}\n");
    }

    private static void Input(SdlText sdl, CommandFamily family, Type command)
    {
        sdl.Described(0, $"Input of `{Camel(command.Name)}`.");
        sdl.Line(0, $"input {command.Name}Input {{");
        sdl.Described(2, family.IdDescription);
        sdl.Line(2, $"{family.IdField}: {(family.Kind == GrainKind.Municipality ? "String" : "ID")}!");
        sdl.Described(2, "Chosen by the caller; a retry with the same id answers with the first outcome. "
            + "Made by the server when absent.");
        sdl.Line(2, "commandId: UUID");
        sdl.Described(2, "The day it happened, in Finland; today when absent. Never in the future.");
        sdl.Line(2, "occurredOn: Date");
        sdl.Described(2, "When given, the command is taken only on exactly this version.");
        sdl.Line(2, "ifVersion: Long");
        if (family.Kind is GrainKind.Client && command != typeof(RegisterClient))
        {
            sdl.Described(2, "The register (municipality code) that the sender takes the client for: a client of "
                + "another one is refused. Integrations with several registers give it always.");
            sdl.Line(2, "register: String");
        }
        Fields(sdl, command);
        sdl.Line(0, "}\n");
    }

    private static void Payload(SdlText sdl, CommandFamily family, Type command)
    {
        sdl.Described(0, $"Answer of `{Camel(command.Name)}`.");
        sdl.Line(0, $"type {command.Name}Payload implements CommandPayload {{");
        sdl.Described(2, "True when the command is durable, also when a retry was recognised.");
        sdl.Line(2, "accepted: Boolean!");
        sdl.Described(2, "The version after the command; null unless accepted.");
        sdl.Line(2, "version: Long");
        sdl.Described(2, "Its place in the log: pass it as `minPosition` to see this command in a query.");
        sdl.Line(2, "position: Long");
        sdl.Described(2, "Why the command was refused; empty when accepted.");
        sdl.Line(2, "userErrors: [UserError!]!");
        sdl.Described(2, "The state after the command; null unless accepted, and for roles that may not read it.");
        sdl.Line(2, $"{family.ViewField}: {family.Kind}");
        sdl.Line(0, "}\n");
    }

    private static void Fields(SdlText sdl, Type record)
    {
        foreach (var property in PropertiesOf(record))
        {
            sdl.Described(2, RecordDocs.Of(record, property));
            sdl.Line(2, $"{Camel(property.Name)}: {TypeOf(property)}{DefaultOf(record, property)}");
        }
    }

    /// <summary>The type of a field of an input.</summary>
    /// <param name="property">The record's.</param>
    /// <param name="mayBeAbsent">True where what is absent is judged by itself, line by line.</param>
    public static string TypeOf(PropertyInfo property, bool mayBeAbsent = false)
    {
        var element = Element(property.PropertyType);
        var name = element.IsEnum ? element.Name : Type.GetTypeCode(element) switch
        {
            TypeCode.Boolean => "Boolean",
            TypeCode.Int32 => "Int",
            TypeCode.Int64 => "Long",
            // A month is a text yyyy-MM in the log, and a scalar of its own in the API.
            TypeCode.String => property.Name == "Month" ? "Month" : "String",
            _ when element == typeof(DateOnly) => "Date",
            _ when element == typeof(PersonalText) => "PersonalText",
            _ => element.Name + "Input",
        };
        // A list may always be left out.
        return IsList(property.PropertyType) ? $"[{name}!]" : mayBeAbsent || IsNullable(property) ? name : name + "!";
    }

    /// <summary>The default of a field of an input, as a schema writes it; empty for none.</summary>
    public static string DefaultOf(Type record, PropertyInfo property)
    {
        var parameter = record.GetConstructors().SelectMany(constructor => constructor.GetParameters())
            .FirstOrDefault(given => given.Name == property.Name);
        return parameter is not { HasDefaultValue: true } || IsNullable(property) || IsList(property.PropertyType) ? ""
            : Element(property.PropertyType) is { IsEnum: true } members
                ? $" = {EnumNames.ToGraphQL(Enum.GetName(members, parameter.DefaultValue!)!)}"
            : parameter.DefaultValue is bool flag ? (flag ? " = true" : " = false")
            : $" = {Convert.ToString(parameter.DefaultValue, CultureInfo.InvariantCulture)}";
    }

    private static IEnumerable<Type> RecordsIn(Type record) => PropertiesOf(record)
        .Select(property => Element(property.PropertyType))
        .Where(type => !type.IsEnum && type.Assembly == typeof(ICommand).Assembly && type != typeof(PersonalText))
        .SelectMany(type => RecordsIn(type).Prepend(type));

    private static IEnumerable<PropertyInfo> PropertiesOf(Type record) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.Name != "EqualityContract" && property.SetMethod is not null);

    private static bool IsNullable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;

    private static bool IsList(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable));

    private static Type Element(Type type) => IsList(type)
        ? type.GetGenericArguments()[0]
        : Nullable.GetUnderlyingType(type) ?? type;

    public static string Camel(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);
}

/// <summary>Lines of a schema, none wider than the house allows.</summary>
internal sealed class SdlText
{
    private const int Width = 120;

    private readonly StringBuilder _text = new();

    /// <summary>A definition, with a directive on the same line or, where that is too wide, on the next.</summary>
    public void Line(int indent, string definition, string directive = "")
    {
        var (line, space) = (new string(' ', indent) + definition, directive.Length > 0 ? " " : "");
        if (line.Length + space.Length + directive.Length > Width)
        {
            _text.Append(line).Append('\n').Append(' ', indent + 2).Append(directive).Append('\n');
            return;
        }
        _text.Append(line).Append(space).Append(directive).Append('\n');
    }

    /// <summary>A description: one line in quotes, or a block of several.</summary>
    public void Described(int indent, string words)
    {
        if (indent + words.Length + 2 <= Width && !words.Contains('"', StringComparison.Ordinal))
        {
            Line(indent, $"\"{words}\"");
            return;
        }
        Line(indent, "\"\"\"");
        var line = "";
        foreach (var word in words.Split(' '))
        {
            if (line.Length > 0 && indent + line.Length + 1 + word.Length > Width)
            {
                Line(indent, line);
                line = "";
            }
            line += line.Length > 0 ? " " + word : word;
        }
        Line(indent, line);
        Line(indent, "\"\"\"");
    }

    public override string ToString() => _text.ToString();
}
