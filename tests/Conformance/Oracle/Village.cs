using System.Reflection;
using System.Text.Json;
using OsstOrleans.GraphQL;
using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;
using OsstOrleans.GraphQL.Sdl;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>The schema of <c>village.graphql</c> over the data of <c>village.json</c>, as the script
/// <c>reference.mjs</c> serves them too.</summary>
internal sealed class Village
{
    public static readonly string Sdl = File.ReadAllText(Path.Combine(Node.Oracle.Folder, "village.graphql"));

    public static readonly Schema Schema = SchemaBuilder.Build(Sdl);

    private static readonly JsonElement s_data =
        JsonElement.Parse(File.ReadAllText(Path.Combine(Node.Oracle.Folder, "village.json")));

    private static readonly Dictionary<string, Type> s_types = new()
    {
        ["Person"] = typeof(Person),
        ["Farm"] = typeof(Farm),
        ["Flat"] = typeof(Flat),
        ["Dog"] = typeof(Dog),
        ["Cat"] = typeof(Cat),
        ["Query"] = typeof(Root),
    };

    private readonly ResolverMap _map = VillageScalars.Map();

    /// <summary>Every limit is far: the reference has none.</summary>
    public static IGraphQLEngine Engine(bool suggests) =>
        GraphQLEngine.Build(Sdl, new Village().Resolvers(), new GraphQLOptions
        {
            Suggests = suggests,
            Limits = new GraphQLLimits { MaxErrors = 1000, MaxAliases = 5000, MaxIntrospectionDepth = 100 },
        });

    private ResolverMap Resolvers()
    {
        foreach (var (name, clr) in s_types.Where(type => type.Value != typeof(Root)))
        {
            Call(nameof(BindObject), [clr], name);
        }
        foreach (var type in s_types.Keys.Select(Schema.Type).OfType<ObjectType>())
        {
            foreach (var field in type.Fields)
            {
                Call(nameof(BindField), [s_types[type.Name], ClrType(field.Type)], field);
            }
        }
        return _map.Object<Counter>("Counter")
            .Plain<Counter, long>("Counter", "total", counter => counter.Total)
            .Plain<Counter, long?>("Counter", "doubled", counter => counter.Total * 2)
            .Plain<Counter, string>("Counter", "refused", _ => throw Refusal("No counter says that."))
            .Root("Mutation", "add", Add)
            .Root("Mutation", "addOrNot", async call =>
                call.Arguments.GetOrDefault<int?>("amount") is null ? null : await Add(call))
            .Root("Mutation", "refuse", call => new ValueTask<Counter?>(Told<Counter?>("Mutation", "refuse")))
            .Root("Mutation", "refuseHard", call => new ValueTask<Counter?>(Told<Counter?>("Mutation", "refuseHard")))
            .Root("Mutation", "query", _ => new ValueTask<object>(new object()))
            .Stream("person", (_, _) => Events("aino", "eino"))
            .Stream("counted", (call, _) => Counts(call.Arguments.Get<int>("to")));
    }

    /// <summary>Fields that could be plain are plain or a batch by turns, so that both ways are taken.</summary>
    private void BindField<TThing, TValue>(FieldType field)
        where TThing : Thing
    {
        var parent = field.Parent!.Name;
        if (parent == "Query")
        {
            _map.Root(parent, field.Name, call => new ValueTask<TValue>(Answer<TValue>(s_data, field, call)));
        }
        else if (field.Arguments.Count == 0 && field.Name.Length % 2 == 0)
        {
            _map.Plain<TThing, TValue>(parent, field.Name, thing => Read<TValue>(thing.Data.GetProperty(field.Name)));
        }
        else
        {
            _map.Batch<TThing, TValue>(parent, field.Name, async (things, call) =>
            {
                await Task.Yield();
                return [.. things.Select((thing, i) => Element<TValue>(thing, i, field, call))];
            });
        }
    }

    private void BindObject<TThing>(string name) => _map.Object<TThing>(name);

    private static TValue Element<TValue>(Thing thing, int index, FieldType field, FieldCall call)
    {
        try
        {
            return Answer<TValue>(thing.Data, field, call);
        }
        catch (FieldFault fault)
        {
            call.Fail(index, fault);
            return default!;
        }
    }

    private static TValue Answer<TValue>(JsonElement data, FieldType field, FieldCall call)
    {
        if (field.Type.Named.Name == "Echo")
        {
            return (TValue)(object)Echo.Of(call.Arguments);
        }
        var source = field.Parent!.Name == "Query" ? data.GetProperty("Query") : data;
        var value = Read<TValue>(source.GetProperty(field.Name));
        return call.Arguments.GetOrDefault<int?>("first") is { } first && value is IReadOnlyList<Person> people
            ? (TValue)(object)people.Take(first).ToArray()
            : value;
    }

    private static TValue Told<TValue>(string type, string field) =>
        Read<TValue>(s_data.GetProperty(type).GetProperty(field));

    private static TValue Read<TValue>(JsonElement json) => (TValue)Read(json, typeof(TValue))!;

    private static object? Read(JsonElement json, Type clr)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        if (clr == typeof(AnyJson))
        {
            return new AnyJson(json);
        }
        if (json.ValueKind == JsonValueKind.Object)
        {
            return json.TryGetProperty("fail", out var why)
                ? throw Refusal(why.GetString()!)
                : Find(json.GetProperty("see").GetString()!);
        }
        if (json.ValueKind != JsonValueKind.Array)
        {
            return json.Deserialize(clr);
        }
        var item = clr.GetElementType()!;
        var list = Array.CreateInstance(item, json.GetArrayLength());
        foreach (var (i, element) in json.EnumerateArray().Index())
        {
            list.SetValue(Read(element, item), i);
        }
        return list;
    }

    private static Thing Find(string name)
    {
        var data = s_data.GetProperty(name);
        var thing = (Thing)Activator.CreateInstance(s_types[data.GetProperty("type").GetString()!])!;
        thing.Data = data;
        return thing;
    }

    private static Type ClrType(GraphType type) => type.Nullable switch
    {
        ListType list => ClrType(list.Of).MakeArrayType(),
        ScalarType { Name: "Int" } => typeof(long?),
        ScalarType { Name: "Float" } => typeof(double?),
        ScalarType { Name: "Boolean" } => typeof(bool?),
        ScalarType { Name: "Date" } => typeof(DateOnly?),
        ScalarType { Name: "Any" } => typeof(AnyJson),
        ScalarType { Name: "Echo" } => typeof(Echo),
        ObjectType named => s_types[named.Name],
        InterfaceType or UnionType => typeof(Thing),
        _ => typeof(string),
    };

    private static async ValueTask<Counter> Add(FieldCall call)
    {
        await Task.Yield();
        var counter = call.Request.Shared(_ => new Counter(0));
        return new Counter(counter.Total += call.Arguments.Get<int>("amount"));
    }

    private static async IAsyncEnumerable<Person> Events(params string[] names)
    {
        foreach (var name in names)
        {
            await Task.Yield();
            yield return (Person)Find(name);
        }
    }

    private static async IAsyncEnumerable<Counter> Counts(int to)
    {
        for (var total = 1; total <= Math.Min(to, 3); total++)
        {
            await Task.Yield();
            yield return new Counter(total);
        }
    }

    private static FieldFault Refusal(string message) => new("FAILED", message);

    private void Call(string method, Type[] types, object argument) => typeof(Village)
        .GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
        .MakeGenericMethod(types).Invoke(this, [argument]);

    private sealed class Counter(long total)
    {
        public long Total { get; set; } = total;
    }

    private abstract class Thing
    {
        public JsonElement Data { get; set; }
    }

    private sealed class Person : Thing;

    private sealed class Farm : Thing;

    private sealed class Flat : Thing;

    private sealed class Dog : Thing;

    private sealed class Cat : Thing;

    private sealed class Root : Thing;
}
