using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using OsstOrleans.Gateway.Contracts;
using OsstOrleans.Gateway.Transports;
using OsstOrleans.Silo.Deliveries;
using OsstOrleans.Silo.Import;

namespace OsstOrleans.Gateway.Tests;

/// <summary>
/// What machines are shown is looked at in review: the golden files hold it, and are written anew by running the tests
/// once with <c>OSST_GOLDEN=append</c>.
/// </summary>
public sealed class ContractTests
{
    [Fact]
    public void The_addresses_for_machines_are_those_of_the_golden_file() =>
        IsGolden("openapi.json", ContractEndpoints.Text(OpenApi.Document()));

    [Fact]
    public void The_schemas_of_lines_are_those_of_the_golden_file() =>
        IsGolden("lines.json", ContractEndpoints.Text(new JsonObject(ImportKinds.All.Select(
            kind => KeyValuePair.Create(ImportKinds.NameOf(kind), (JsonNode?)LineSchemas.Of(kind))))));

    [Fact]
    public void The_schemas_of_events_are_those_of_the_golden_file() =>
        IsGolden("events.json", ContractEndpoints.Text(new JsonObject(EventSchemas.Names.Select(
            name => KeyValuePair.Create(name, (JsonNode?)EventSchemas.Of(name))))));

    [Fact]
    public void Each_kind_of_line_says_its_fields_and_what_it_needs()
    {
        foreach (var kind in ImportKinds.All)
        {
            var schema = LineSchemas.Of(kind);
            var fields = schema["properties"]!.AsObject().Select(field => field.Key).ToArray();
            Assert.Equal(LineJson.FieldsOf(kind).Keys.Order(), fields.Order());
            Assert.False((bool)schema["additionalProperties"]!);
            Assert.Empty((schema["required"]?.AsArray() ?? []).Select(field => (string)field!).Except(fields));
        }
    }

    [Fact]
    public void What_stays_inside_has_no_schema_and_words_of_persons_are_texts()
    {
        Assert.Null(EventSchemas.Of("municipality.right-granted"));
        Assert.Null(EventSchemas.Of("nothing.known"));
        var note = EventSchemas.Of("client.contact-attempted")!["properties"]!["note"]!;
        Assert.Equal("""["string","null"]""", note["type"]!.ToJsonString());
    }

    private static void IsGolden(string file, string now, [CallerFilePath] string caller = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(caller)!, "Golden", file);
        if (Environment.GetEnvironmentVariable("OSST_GOLDEN") == "append")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }
        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == now,
            $"{file} says something else; run with OSST_GOLDEN=append and look at what has changed.");
    }
}
