using OsstOrleans.GraphQL.Types;


namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>Draws literals for the places of a document, the variables that stand in some of them, and the values sent
/// for those.</summary>
internal sealed class VariableGenerator(Schema schema, Random random, int mistakes)
{
    private const int MostVariables = 6;

    private static readonly string[] s_anything =
    [
        "1", "-3", "1.5", "\"s\"", "true", "null", "CALM", "[]", "[true]", "[[1]]", "{}", "{ name: \"x\" }",
        "{ id: 1, name: null }", "3000000000", "\"\"\"block\"\"\"", "$unknown", "-0", "1e3",
    ];

    private static readonly string[] s_anyJson =
    [
        "1", "-3", "1.5", "\"s\"", "true", "null", "\"CALM\"", "[]", "[true]", "[[1]]", "{}", "{\"name\":\"x\"}",
        "{\"id\":1,\"name\":null}", "3000000000", "1e3", "{\"limit\":null}", "{\"weird\":1}", "-0",
    ];

    private readonly List<(string Name, string Type, string? Default, string? Value)> _all = [];

    /// <summary>Every variable so far, as the head of an operation; empty for none.</summary>
    public string Definitions => _all.Count == 0 ? "" : "(" + string.Join(", ", _all.Select(v =>
        $"${v.Name}: {v.Type}{(v.Default is null ? "" : $" = {v.Default}")}")) + ")";

    /// <summary>The values as JSON; null for no variables at all.</summary>
    public string? Values() => _all.Count == 0 && !Mistake() ? null : "{" + string.Join(",", _all
        .Where(v => v.Value is not null).Select(v => $"\"{v.Name}\":{v.Value}")) + "}";

    /// <summary>What decides on a field: true, false or a variable.</summary>
    public string Condition() => Chance(3)
        ? Variable(schema.Directive("skip")!.Arguments[0].Type, hasDefault: false)
        : Pick(["true", "false"]);

    /// <summary>A literal or a variable for a place of this type.</summary>
    public string Literal(GraphType type, bool hasDefault, int depth = 0)
    {
        if (Mistake() && type.Named.Name != "Any") // We take no bare word for it.
        {
            return Pick(s_anything);
        }
        if (Chance(4) && _all.Count < MostVariables)
        {
            return Variable(type, hasDefault);
        }
        if (type is not NonNullType && Chance(8))
        {
            return "null";
        }
        return type.Nullable switch
        {
            ListType list => Chance(6) ? Literal(list.Of, false, depth)
                : "[" + string.Join(", ", Items(depth).Select(_ => Literal(list.Of, false, depth + 1))) + "]",
            InputObjectType input => "{" + string.Join(", ", Fields(input, depth).Select(f =>
                $"{f.Name}: {Member(input, f, depth + 1)}")) + "}",
            EnumType values => Pick(values.Values).Name,
            var scalar => Scalar(scalar.Named.Name, json: false),
        };
    }

    /// <summary>A oneOf object's field takes no null, so a variable there takes none either.</summary>
    private string Member(InputObjectType input, InputValue field, int depth) =>
        input.IsOneOf && Chance(4) && _all.Count < MostVariables
        ? Variable(new NonNullType(field.Type), hasDefault: false, mayBeNullable: false)
        : input.IsOneOf ? Constant(new NonNullType(field.Type))
        : Literal(field.Type, field.Default is not null, depth);

    private string Variable(GraphType place, bool hasDefault, bool mayBeNullable = true)
    {
        var name = $"v{_all.Count}";
        var type = Mistake() ? Pick(["Int", "[Mood!]", "Filter", "Person", "Nothing", "Boolean"]) : $"{place}";
        var defaultValue = mayBeNullable && Chance(4) ? Constant(place) : null;
        // A nullable variable may stand in a non-null place that a default fills.
        if (mayBeNullable && place is NonNullType nonNull && (defaultValue is not null || hasDefault) && Chance(2))
        {
            type = $"{nonNull.Of}";
        }
        else if (place is not NonNullType && Chance(4))
        {
            type = $"{place}!";
        }
        else if (!mayBeNullable)
        {
            type = $"{place}";
        }
        var isAbsent = (defaultValue is not null || !type.EndsWith('!') || Mistake()) && Chance(4);
        _all.Add((name, type, defaultValue, isAbsent ? null : Json(place, 0)));
        return $"${name}";
    }

    /// <summary>A literal without variables.</summary>
    private string Constant(GraphType type) => new VariableGenerator(schema, random, mistakes).WithoutVariables(type);

    private string WithoutVariables(GraphType type)
    {
        while (_all.Count < MostVariables)
        {
            _all.Add(("", "", null, null));
        }
        return Literal(type, hasDefault: false, depth: 1);
    }

    private string Json(GraphType type, int depth)
    {
        if (Mistake())
        {
            return Pick(s_anyJson);
        }
        if (type is not NonNullType && Chance(6))
        {
            return "null";
        }
        return type.Nullable switch
        {
            ListType list => Chance(6) ? Json(list.Of, depth)
                : "[" + string.Join(",", Items(depth).Select(_ => Json(list.Of, depth + 1))) + "]",
            InputObjectType input => "{" + string.Join(",", Fields(input, depth).Select(f =>
                $"\"{f.Name}\":{Json(input.IsOneOf ? new NonNullType(f.Type) : f.Type, depth + 1)}")) + "}",
            EnumType values => $"\"{Pick(values.Values).Name}\"",
            var scalar => Scalar(scalar.Named.Name, json: true),
        };
    }

    private IEnumerable<int> Items(int depth) => Enumerable.Range(0, random.Next(depth > 2 ? 2 : 4));

    private IEnumerable<InputValue> Fields(InputObjectType type, int depth)
    {
        if (type.IsOneOf)
        {
            return Mistake() ? type.Fields : [Pick(type.Fields.Where(f => depth < 3 || f.Type.Named.IsLeaf).ToArray())];
        }
        return [.. type.Fields.Where(f => f.IsRequired ? !Mistake() : Chance(2) && (depth < 3 || f.Type.Named.IsLeaf))];
    }

    private string Scalar(string name, bool json) => name switch
    {
        "Int" => Pick(["0", "1", "-7", "2147483647", "-2147483648", json ? "4.0" : "12"]),
        "Float" => Pick(["0", "1.5", "-2.25e-3", "1e21", "123456789012", "0.1"]),
        "Boolean" => Pick(["true", "false"]),
        "ID" => Pick(["\"x\"", "7", "\"\"", "-1", "9007199254740991"]),
        "Date" => Pick(["\"2018-05-01\"", "\"2000-02-29\"", Mistake() ? "\"2018-02-29\"" : "\"1999-12-31\""]),
        "Any" => json ? Pick(s_anyJson) : Pick(["1", "\"s\"", "[1, [null]]", "{ a: { b: \"c\" } }", "true", "1.5"]),
        _ => Pick(
        [
            "\"text\"", "\"\"", "\"\\u00e4 \\\\ \\n \\\"q\\\"\"",
            json ? "\"\\ud83d\\ude00\"" : "\"\"\"\n  b\n\"\"\"",
        ]),
    };

    private bool Mistake() => mistakes > 0 && random.Next(mistakes) == 0;

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
