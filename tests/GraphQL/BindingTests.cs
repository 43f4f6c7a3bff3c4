using OsstOrleans.GraphQL.Requests;
using OsstOrleans.GraphQL.Resolvers;


namespace OsstOrleans.GraphQL.Tests;

public sealed class BindingTests
{
    private const string Sdl = "type Query { thing: Thing } type Thing { id: ID! size: Int tags: [String!]! }";

    [Fact]
    public async Task Public_properties_bind_themselves()
    {
        var engine = GraphQLEngine.Build(Sdl, Map());
        Assert.Equal("""{"data":{"thing":{"id":"1","size":null,"tags":["a","b"]}}}""", await engine.Answer(
            "{ thing { id size tags } }"));
    }

    [Fact]
    public async Task Structs_are_objects_too()
    {
        const string Points = "type Query { points: [Point] } type Point { x: Int! y: Float }";
        var engine = GraphQLEngine.Build(Points, new ResolverMap()
            .Object<Point>("Point")
            .Root<List<Point?>>("Query", "points", _ => new ValueTask<List<Point?>>([new Point(1, 2.5), null])));
        Assert.Equal("""{"data":{"points":[{"x":1,"y":2.5},null]}}""", await engine.Answer("{ points { x y } }"));
    }

    [Fact]
    public void A_resolver_without_a_field_is_refused() =>
        Refused("There is a resolver for Thing.other, but the schema has no such field.",
            Map().Plain<Thing, int>("Thing", "other", _ => 1));

    [Fact]
    public void A_resolver_of_a_type_that_is_not_there_is_refused() =>
        Refused("There is a resolver for Other.id, but the schema has no object type Other.",
            Map().Plain<Thing, int>("Other", "id", _ => 1));

    [Fact]
    public void A_field_without_a_resolver_is_refused() =>
        Refused("Field Thing.colour has no resolver, and Thing has no public property Colour.", Map(),
            Sdl.Replace("size: Int", "size: Int colour: String", StringComparison.Ordinal));

    [Fact]
    public void A_root_field_without_a_resolver_is_refused() =>
        Refused("Field Query.other has no resolver.", Map(),
            Sdl.Replace("thing: Thing", "thing: Thing other: Int", StringComparison.Ordinal));

    [Fact]
    public void A_resolver_that_takes_another_parent_is_refused() =>
        Refused("The resolver of Thing.size takes Point, but values of Thing are Thing.",
            Map().Plain<Point, int?>("Thing", "size", p => p.X));

    [Fact]
    public void A_value_that_cannot_stand_for_the_type_is_refused()
    {
        Refused("The resolver of Thing.size gives String, which cannot stand for Int.",
            Map().Plain<Thing, string>("Thing", "size", _ => ""));
        Refused("The resolver of Thing.tags gives String, which cannot stand for [String!].",
            Map().Plain<Thing, string>("Thing", "tags", _ => ""));
        Refused("The resolver of Thing.tags gives Int32, which cannot stand for String.",
            Map().Plain<Thing, int[]>("Thing", "tags", _ => []));
    }

    [Fact]
    public void A_plain_resolver_of_a_field_with_arguments_is_refused() =>
        Refused("Field Thing.size has arguments, so Plain cannot resolve it: use Batch or Root.",
            Map().Plain<Thing, int?>("Thing", "size", _ => 1),
            Sdl.Replace("size:", "size(in: String):", StringComparison.Ordinal));

    [Fact]
    public void A_scalar_without_a_binding_is_refused() =>
        Refused("Scalar Odd is not bound: add Scalar<T>(\"Odd\", ...).", Map(), Sdl + " scalar Odd");

    [Fact]
    public void A_type_without_a_clr_type_is_refused() =>
        Refused("Object type Lost is bound to no CLR type: add Object<T>(\"Lost\").", Map(), Sdl +
            " type Lost { a: Int }");

    [Fact]
    public void A_resolver_is_registered_once() =>
        Assert.Equal("Field Query.thing is bound twice.",
            Assert.Throws<InvalidOperationException>(() => Map().Root<Thing?>("Query", "thing", _ => default)).Message);

    [Theory]
    [InlineData("NoShow", "NO_SHOW")]
    [InlineData("Y30", "Y30")]
    [InlineData("AVAINGoal", "AVAIN_GOAL")]
    [InlineData("A", "A")]
    [InlineData("FilledWithClient2", "FILLED_WITH_CLIENT2")]
    public void Enum_members_are_named_in_upper_snake_case(string member, string name) =>
        Assert.Equal(name, EnumNames.ToGraphQL(member));

    [Fact]
    public void Arguments_are_read_as_the_type_asked_for()
    {
        var arguments = new Arguments(new Dictionary<string, object?>
        {
            ["n"] = 5,
            ["status"] = "NO_SHOW",
            ["list"] = new object?[] { "ACTIVE", null },
            ["in"] = new Dictionary<string, object?> { ["deep"] = 1.5 },
            ["none"] = null,
        });
        Assert.Equal((5, 5L, 5.0, 5m), (arguments.Get<int>("n"), arguments.Get<long>("n"), arguments.Get<double>(
            "n"), arguments.Get<decimal>("n")));
        Assert.Equal(Status.NoShow, arguments.Get<Status>("status"));
        Assert.Equal([Status.Active, null], arguments.Get<IReadOnlyList<Status?>>("list"));
        Assert.Equal(1.5, arguments.Get<Arguments>("in").Get<double>("deep"));
        Assert.Null(arguments.Get<int?>("absent"));
        Assert.Equal(7, arguments.GetOrDefault("none", 7));
        Assert.True(arguments.Has("none"));
        Assert.Empty(arguments.GetList<int>("absent"));
        Assert.Throws<InvalidCastException>(() => arguments.Get<int>("none"));
        Assert.Throws<InvalidCastException>(() => arguments.Get<DateOnly>("n"));
    }

    private static ResolverMap Map() => new ResolverMap()
        .Object<Thing>("Thing")
        .Root<Thing?>("Query", "thing", _ => new ValueTask<Thing?>(new Thing(1, null, ["a", "b"])));

    private static void Refused(string fault, ResolverMap map, string sdl = Sdl) =>
        Assert.Equal([fault], Assert.Throws<SchemaException>(() => GraphQLEngine.Build(sdl, map)).Faults);

    private sealed record Thing(int Id, int? Size, IReadOnlyList<string> Tags);

    private readonly record struct Point(int X, double? Y);
}
