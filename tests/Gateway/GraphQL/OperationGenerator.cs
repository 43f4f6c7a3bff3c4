using System.Text;
using OsstOrleans.Gateway.Engines;
using OsstOrleans.Gateway.Engines.Embedded.Types;

namespace OsstOrleans.Gateway.Tests.GraphQL;

/// <summary>Draws operations over a schema: mostly valid, with a mistake of some kind here and there.</summary>
internal sealed class OperationGenerator(Schema schema, Random random)
{
    private static readonly string[] s_values =
    [
        "1", "-3", "1.5", "\"s\"", "true", "null", "SIT", "JUMP", "[true]", "[[1]]", "{}", "{ name: \"x\" }",
        "{ id: 1 }", "{ name: \"x\", owner: { name: 1 } }", "$a", "$b", "[$a]", "{ name: $b }", "3000000000",
    ];

    private static readonly string[] s_directives =
        [" @skip(if: true)", " @include(if: $a)", " @onField", " @many @many", " @needs", " @onQuery"];

    private readonly StringBuilder _text = new();
    private readonly List<string> _fragments = [];

    public string Operation()
    {
        _text.Clear();
        _fragments.Clear();
        var head = random.Next(5) switch
        {
            0 => "query Q($a: Int, $b: String!) ",
            1 => "query($a: Boolean = true, $b: String) @onQuery ",
            2 => "query Q($a: [Boolean!]!) ",
            _ => "",
        };
        _text.Append(head);
        Selection(schema.Query, 4);
        for (var i = 0; i < _fragments.Count && i < 4; i++)
        {
            _text.Append($" fragment f{i} on {_fragments[i]} ");
            Selection(schema.Type(_fragments[i]) ?? schema.Query, 2);
        }
        return _text.ToString();
    }

    private void Selection(NamedType type, int depth)
    {
        _text.Append("{ ");
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            switch (random.Next(8))
            {
                case 0:
                    var condition = Mistake() ? Pick(schema.Types).Name : Pick(Related(type)).Name;
                    _text.Append($"... on {condition} ");
                    Selection(schema.Type(condition)!, depth - 1);
                    break;
                case 1:
                    _fragments.Add(Mistake() ? Pick(schema.Types).Name : Pick(Related(type)).Name);
                    _text.Append($"...f{random.Next(_fragments.Count + 1)} ");
                    break;
                default:
                    Field(type, depth);
                    break;
            }
        }
        _text.Append("} ");
    }

    private void Field(NamedType type, int depth)
    {
        var fields = (type as FieldsType)?.Fields ?? [];
        var field = fields.Count == 0 || Mistake() ? schema.TypeName : Pick(fields);
        if (random.Next(5) == 0)
            _text.Append($"{Pick(["a", "b", "name"])}: ");
        _text.Append(random.Next(60) == 0 ? "nonsense" : field.Name);
        var given = field.Arguments.Where(a => a.IsRequired ? !Mistake() : random.Next(2) == 0).ToList();
        if (given.Count > 0)
            _text.Append($"({string.Join(", ", given.Select(a => $"{a.Name}: {Pick(s_values)}"))})");
        if (random.Next(10) == 0)
            _text.Append(Pick(s_directives));
        _text.Append(' ');
        if (field.Type.Named.IsComposite != Mistake())
        {
            if (depth > 0)
                Selection(field.Type.Named, depth - 1);
            else
                _text.Append("{ __typename } ");
        }
    }

    private IReadOnlyList<NamedType> Related(NamedType type)
    {
        var composite = schema.Types.Where(t => t.IsComposite && !t.IsIntrospection);
        return [.. composite.Where(t => schema.Overlap(t, type)).DefaultIfEmpty(type)];
    }

    private bool Mistake() => random.Next(40) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
