using System.Reflection;
using System.Text.Json;
using OsstOrleans.Gateway.Resolvers;
using OsstOrleans.Grains;
using OsstOrleans.Grains.ExternalId;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Tidy.Tests;

/// <summary>The schema says what the domain does.</summary>
public sealed class ContractTests
{
    private static readonly Schema Schema = SchemaBuilder.Build(PlatformSchema.Sdl);

    private static readonly Type[] Commands = [.. CommandResolvers.Families.SelectMany(family => family.Commands)];

    /// <summary>Commands and lines in bulk, and notes to those who deliver events.</summary>
    private static readonly string[] Others =
        [.. ImportKinds.All.Select(kind => $"import{kind}"), "executeCommands", "linkExternalId",
            "replayDeliveries", "resendDeadLetters"];

    [Fact]
    public void Every_command_is_a_mutation_and_few_mutations_are_none()
    {
        Assert.Equal(
            Commands.Select(c => JsonNamingPolicy.CamelCase.ConvertName(c.Name)).Concat(Others)
                .Order(StringComparer.Ordinal),
            Schema.Mutation!.Fields.Select(field => field.Name).Order(StringComparer.Ordinal));
        // Whom an identifier of another system means has an input of its own: the grain knows a hash of it alone.
        Assert.Equal([.. Commands.Append(typeof(LinkExternalId)).Select(type => type.Name).Order()],
            typeof(ICommand).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(ICommand))
                    && !type.IsAssignableTo(typeof(INoMutation)))
                .Select(type => type.Name).Order());
    }

    [Fact]
    public void Every_type_field_argument_and_value_is_described() => SourceTree.AssertNone(
        Schema.Types.Where(IsOurs).SelectMany(Undescribed).Distinct());

    [Fact]
    public void The_schema_has_every_rejection_code_and_no_other() => Assert.Equal(
        typeof(RejectionCodes).GetFields().Select(code => (string)code.GetValue(null)!).Order(StringComparer.Ordinal),
        ((EnumType)Schema.Type("RejectionCode")!).Values.Select(value => value.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Lines_of_bulk_mutations_have_the_fields_of_lines_in_files() => SourceTree.AssertNone(
        from kind in ImportKinds.All
        let input = (InputObjectType)Schema.Type(ImportKinds.InputOf(kind))!
        let given = input.Fields.Select(field => field.Name)
        where !given.Order(StringComparer.Ordinal).SequenceEqual(
            LineJson.FieldsOf(kind).Keys.Order(StringComparer.Ordinal))
        select $"{input} has other fields than {kind}.");

    [Fact]
    public void The_schema_has_every_import_code_and_no_other() => Assert.Equal(
        typeof(ImportCodes).GetFields().Select(code => (string)code.GetValue(null)!).Order(StringComparer.Ordinal),
        ((EnumType)Schema.Type("ImportCode")!).Values.Select(value => value.Name).Order(StringComparer.Ordinal));

    private static bool IsOurs(NamedType type) => !type.IsIntrospection && type is not ScalarType { IsBuiltIn: true };

    private static IEnumerable<string> Undescribed(NamedType type) =>
        Described(type.Name, type.Description, type == Schema.Query || type == Schema.Mutation).Concat(type switch
        {
            FieldsType fields => fields.Fields.SelectMany(f => Described($"{type}.{f.Name}", f.Description)),
            InputObjectType input => input.Fields.SelectMany(f => Described($"{type}.{f.Name}", f.Description)),
            EnumType values => values.Values.SelectMany(v => Described($"{type}.{v.Name}", v.Description)),
            _ => [],
        });

    private static IEnumerable<string> Described(string what, string? description, bool isRoot = false) =>
        isRoot || !string.IsNullOrWhiteSpace(description) ? [] : [$"{what} has no description."];
}
