using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Gateway.Settings;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.Tidy.Tests;

/// <summary>Limits and error codes are written down where their users look, as they are in the code.</summary>
public sealed class LimitTests
{
    private const string Table = "docs/mechanisms/limits.md";

    private static readonly Schema Schema = SchemaBuilder.Build(PlatformSchema.Sdl);

    private static readonly string[] Codes =
    [
        .. new[] { typeof(GraphQLErrorCodes), typeof(ErrorCodes), typeof(LimitCodes) }
            .SelectMany(type => type.GetFields()).Select(field => (string)field.GetValue(null)!),
    ];

    [Fact]
    public void The_schema_describes_every_error_code_and_no_other()
    {
        var described = ((EnumType)Schema.Type("ErrorCode")!).Values.Select(v => v.Name).Order(StringComparer.Ordinal);
        Assert.Equal(Codes.Order(StringComparer.Ordinal), described);
        Assert.Equal(Codes.Order(StringComparer.Ordinal),
            ErrorCodeResolvers.All.Select(known => known.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_makes_up_a_code_on_the_way() => SourceTree.AssertNone(
        from file in SourceTree.CSharp
        where file.IsIn("graphql-gateway") || file.IsIn("silo")
        from line in file.Code
        where line.Text.Contains("FieldFault(\"", StringComparison.Ordinal)
            || line.Text.Contains("LimitReached(\"", StringComparison.Ordinal)
            || (Codes.Any(code => line.Text.Contains($"\"{code}\"", StringComparison.Ordinal))
                && !line.Text.Contains("public const string", StringComparison.Ordinal))
        select $"{file.Path}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void The_table_of_limits_has_every_setting_with_its_default_and_range()
    {
        var settings = new GatewaySettings();
        var expected =
            from section in SettingsFile.Sections
            from setting in SettingsFile.SettingsOf(section)
            let value = setting.GetValue(section.GetValue(settings))
            select $"`{SettingsFile.NameOf(section, setting)}` | {Shown(value)} | {Range(setting)}";
        var file = SourceTree.Files.Single(f => f.Path == Table);
        var written = file.Lines.Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => string.Join(" | ", line.Split('|', StringSplitOptions.TrimEntries)[1..4]));
        Assert.Equal(expected.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_limits_names_codes_that_there_are() => SourceTree.AssertNone(
        from line in SourceTree.Files.Single(f => f.Path == Table).Lines
        where line.StartsWith("| `", StringComparison.Ordinal)
        let code = line.Split('|', StringSplitOptions.TrimEntries)[4].Trim('`')
        where code.Length > 0 && code.All(c => char.IsAsciiLetterUpper(c) || c == '_') && !Codes.Contains(code)
        select $"{code} is no error code.");

    /// <summary>The refusals of a command have one entry, and introspection has limits of its own.</summary>
    [Fact]
    public void Every_list_of_objects_says_how_long_it_may_be() => SourceTree.AssertNone(
        from type in Schema.Types.OfType<FieldsType>().Where(t => !t.IsIntrospection)
        from field in type.Fields
        where field.Type.Nullable is ListType && field.Type.Named.IsComposite && field.Name != "userErrors"
            && field.Weights.Size is null && !Sized.Contains((type, field.Name))
        select $"{field} has no @listSize.");

    private static HashSet<(NamedType, string)> Sized { get; } =
    [
        .. from type in Schema.Types.OfType<FieldsType>()
           from field in type.Fields
           from name in field.Weights.Size?.SizedFields ?? []
           select (field.Type.Named, name),
    ];

    private static string Shown(object? value) => value switch
    {
        null or System.Collections.ICollection { Count: 0 } => "",
        TimeSpan time => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Range(PropertyInfo setting) =>
        setting.GetCustomAttribute<RangeAttribute>() is { } range
            ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} - {range.Maximum}")
            : setting.IsDefined(typeof(AddressAttribute)) ? "an address"
            : setting.PropertyType == typeof(string) ? "a file"
            : setting.PropertyType == typeof(IReadOnlyList<int>) ? "days of the month"
            : setting.PropertyType == typeof(IReadOnlyList<Role>) ? "roles"
            : setting.PropertyType == typeof(IReadOnlyList<IssuerSettings>) ? "issuers"
            : setting.IsDefined(typeof(CountiesAttribute)) ? "counties" : "origins";
}
