using System.Text;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.Conformance.Tests.Oracle;

/// <summary>Draws questions over a schema: documents with variables and their values, mostly right, with a mistake of
/// some kind here and there.</summary>
/// <param name="schema">What is asked.</param>
/// <param name="random">Same seed, same questions.</param>
/// <param name="mistakes">One decision in so many is wrong.</param>
internal sealed class OperationGenerator(Schema schema, Random random, int mistakes)
{
    private const int MostFragments = 4;

    private readonly List<(string Name, string Condition)> _fragments = [];

    /// <summary>What a response name stands for, so that most fields of one name can be merged.</summary>
    private readonly Dictionary<string, string> _calls = [];

    private VariableGenerator _variables = new(schema, random, mistakes);

    public Question Question()
    {
        _fragments.Clear();
        _calls.Clear();
        _variables = new VariableGenerator(schema, random, mistakes);
        var (kind, root) = Chance(6) && schema.Mutation is { } mutation ? ("mutation", mutation)
            : Chance(20) && schema.Subscription is { } subscription ? ("subscription", subscription)
            : ("query", schema.Query);
        var body = Selection(root, depth: kind == "subscription" ? 2 : 4, only: kind == "subscription" ? 1 : 4);
        var fragments = new StringBuilder();
        for (var i = 0; i < _fragments.Count; i++) // Grows while fragments are drawn.
        {
            var (name, condition) = _fragments[i];
            fragments.Append($" fragment {name} on {condition} ")
                .Append(Selection(schema.Type(condition)!, depth: 2, only: 3));
        }
        var name_ = Chance(3) ? " Q" : "";
        var head = _variables.Definitions is { Length: > 0 } definitions ? $"{kind}{name_}{definitions} "
            : kind == "query" && Chance(2) ? "" : $"{kind}{name_} ";
        var directive = head.Length > 0 && Chance(15) ? "@onQuery " : "";
        var others = Chance(25) ? " query Other { nothing }" : "";
        var chosen = Mistake() ? "Nobody" : others.Length > 0 && Chance(2) ? "Other"
            : others.Length > 0 && name_.Length > 0 ? "Q" : null;
        return new Question(head + directive + body + fragments + others, _variables.Values(), chosen);
    }

    private string Selection(NamedType type, int depth, int only)
    {
        var text = new StringBuilder("{ ");
        for (var count = random.Next(1, only + 1); count > 0; count--)
        {
            text.Append(random.Next(only == 1 ? 20 : 8) switch
            {
                0 => Inline(type, depth, only),
                1 when _fragments.Count < MostFragments => Spread(type),
                _ => Field(type, depth),
            });
        }
        return text.Append("} ").ToString();
    }

    private string Inline(NamedType type, int depth, int only)
    {
        var condition = Chance(4) ? type : Condition(type);
        var head = condition == type && Chance(2) ? "..." : $"... on {condition.Name}";
        return $"{head}{Directives()} {Selection(condition, Math.Max(0, depth - 1), Math.Min(only, 2))}";
    }

    private string Spread(NamedType type)
    {
        var known = _fragments.Where(f => schema.Overlap(schema.Type(f.Condition)!, type)).ToArray();
        if (known.Length > 0 && Chance(mistakes > 0 ? 4 : 1000))
        {
            return $"...{Pick(known).Name}{Directives()} "; // Perhaps a cycle.
        }
        var name = Mistake() ? "unknown" : $"f{_fragments.Count}";
        if (name != "unknown")
        {
            _fragments.Add((name, Condition(type).Name));
        }
        return $"...{name}{Directives()} ";
    }

    private NamedType Condition(NamedType type)
    {
        if (Mistake())
        {
            return Pick(schema.Types.Where(t => !t.IsIntrospection).ToArray());
        }
        var fitting = schema.Types.Where(t => t.IsComposite && !t.IsIntrospection && schema.Overlap(t, type));
        return Pick(fitting.DefaultIfEmpty(type).ToArray());
    }

    private string Field(NamedType type, int depth)
    {
        var fields = (type as FieldsType)?.Fields ?? [];
        if (depth == 0)
        {
            fields = [.. fields.Where(f => !f.Type.Named.IsComposite)];
        }
        var field = fields.Count == 0 || Chance(12) ? schema.TypeName : Pick(fields);
        var name = Mistake() && Chance(2) ? "nonsense" : field.Name;
        var call = name + Arguments(field);
        var response = Chance(4) ? Pick(["a", "b", name]) : name;
        var signature = $"{field.Type} {call}";
        if (_calls.GetValueOrDefault(response, signature) != signature && !Mistake())
        {
            response = $"{name}{_calls.Count}";
        }
        _calls[response] = signature;
        var alias = response == name ? "" : $"{response}: ";
        var below = field.Type.Named.IsComposite != (Mistake() && Chance(2))
            ? Selection(field.Type.Named, Math.Max(0, depth - 1), 3)
            : "";
        return $"{alias}{call}{Directives()} {below}";
    }

    private string Arguments(FieldType field)
    {
        var given = field.Arguments.Where(a => a.IsRequired ? !Mistake() : Chance(2))
            .Select(a => $"{a.Name}: {_variables.Literal(a.Type, a.Default is not null)}").ToList();
        if (Mistake())
        {
            given.Add("wrong: 1");
        }
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Directives() => !Chance(10) ? "" : random.Next(mistakes == 0 ? 5 : 8) switch
    {
        0 or 1 => $" @skip(if: {_variables.Condition()})",
        2 or 3 => $" @include(if: {_variables.Condition()})",
        4 => " @include(if: true) @skip(if: false)",
        5 => $" @many(of: {_variables.Literal(schema.Directive("many")!.Arguments[0].Type, false)}) @many",
        6 => " @needs",
        _ => " @onField",
    };

    private bool Mistake() => mistakes > 0 && random.Next(mistakes) == 0;

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
