using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OsstOrleans.Grains;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Tidy.Tests;

/// <summary>The documentation of the domain's records and of kinds of lines, as the compiler wrote it beside the
/// assemblies.</summary>
internal static partial class RecordDocs
{
    private static readonly Dictionary<string, XElement> Members =
        ((Type[])[typeof(ICommand), typeof(ImportKind)])
            .SelectMany(type => XDocument.Load(Path.ChangeExtension(type.Assembly.Location, "xml"))
                .Descendants("member"))
            .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>What a record is; empty when it does not say.</summary>
    public static string Of(Type record) => Words(Member($"T:{record.FullName}")?.Element("summary"));

    /// <summary>What a property of a record is: its parameter's words, or its own.</summary>
    public static string Of(Type record, PropertyInfo property) =>
        Words(Member($"T:{record.FullName}")?.Elements("param")
            .FirstOrDefault(param => param.Attribute("name")!.Value == property.Name)) is { Length: > 0 } words
            ? words
            : Words(Member($"P:{record.FullName}.{property.Name}")?.Element("summary"));

    /// <summary>What a member of an enumeration is.</summary>
    public static string Of(Enum value) => Words(Member($"F:{value.GetType().FullName}.{value}")?.Element("summary"));

    private static XElement? Member(string name) => Members.GetValueOrDefault(name);

    private static string Words(XElement? element) => element is null ? ""
        : Spaces().Replace(string.Concat(element.Nodes().Select(Word)), " ").Trim();

    private static string Word(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" or "paramref" } named => $"`{NameIn(named)}`",
        XElement inner => string.Concat(inner.Nodes().Select(Word)),
        _ => "",
    };

    /// <summary>A parameter and a command are fields of the schema, and are written as these.</summary>
    private static string NameIn(XElement named)
    {
        var full = (named.Attribute("cref") ?? named.Attribute("name"))!.Value.Split('(')[0];
        var name = full.Split('.', ':')[^1];
        var isField = named.Name.LocalName == "paramref" || full.StartsWith("P:", StringComparison.Ordinal)
            || typeof(ICommand).Assembly.GetType(full[2..])?.IsAssignableTo(typeof(ICommand)) is true;
        return isField ? JsonNamingPolicy.CamelCase.ConvertName(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
