using System.Collections.Frozen;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Input;

/// <summary>
/// Checks a literal against a type without its variables (rule "Values of Correct Type", section 5.6.1).
/// </summary>
internal sealed class LiteralCheck
{
    private readonly Action<string, Node> _report;
    private readonly Lazy<bool> _hides;

    private readonly bool _suggests;

    private LiteralCheck(GraphType root, bool suggests, Action<string, Node> report) =>
        (_report, _suggests, _hides) = (report, suggests, new Lazy<bool>(() => PersonalInputs.In(root)));

    /// <param name="literal">The literal.</param>
    /// <param name="type">What its place expects.</param>
    /// <param name="suggests">Messages may name what the schema has instead.</param>
    /// <param name="report">Takes each error with its place.</param>
    public static void Check(ValueNode literal, GraphType type, bool suggests, Action<string, Node> report) =>
        new LiteralCheck(type, suggests, report).Check(literal, type);

    private void Check(ValueNode literal, GraphType type)
    {
        if (literal is VariableNode)
        {
            return;
        }
        if (literal is NullNode)
        {
            if (type is NonNullType)
            {
                _report(InputErrors.Null(type), literal);
            }
            return;
        }
        switch (type.Nullable)
        {
            case ListType list:
                foreach (var item in literal is ListNode node ? node.Items : [literal])
                {
                    Check(item, list.Of);
                }
                break;
            case InputObjectType fields:
                CheckObject(literal, fields);
                break;
            case var leaf:
                if (leaf.IsInput && !LeafLiterals.TryRead(
                    leaf.Named, literal, FrozenDictionary<string, object?>.Empty, out _, out var error))
                {
                    _report(
                        _hides.Value ? PersonalInputs.Unfit(leaf.Named) : error + Near(leaf.Named, literal), literal);
                }
                break;
        }
    }

    private void CheckObject(ValueNode literal, InputObjectType type)
    {
        if (literal is not ObjectNode given)
        {
            _report(InputErrors.NoObject(type, Shown(literal)), literal);
            return;
        }
        foreach (var field in type.Fields)
        {
            var value = given.Fields.LastOrDefault(f => f.Name.Text == field.Name);
            if (value is not null)
            {
                Check(value.Value, field.Type);
            }
            else if (field.IsRequired)
            {
                _report(InputErrors.MissingField(type, field.Name, Shown(literal)), literal);
            }
        }
        foreach (var field in given.Fields)
        {
            if (type.Find(field.Name.Text) is null)
            {
                _report(InputErrors.UnknownField(type, field.Name.Text, Shown(literal), _suggests), field);
            }
        }
        var known = given.Fields.Where(f => type.Find(f.Name.Text) is not null).ToList();
        if (type.IsOneOf && (known.Count != 1 || known[0].Value is NullNode))
        {
            _report(InputErrors.OneOf(type), literal);
        }
    }

    private string Near(NamedType type, ValueNode literal) =>
        _suggests && type is EnumType ? InputErrors.NearValue(type, ValuePrinter.Print(literal)) : "";

    private string Shown(ValueNode literal) => _hides.Value ? PersonalInputs.Hidden : ValuePrinter.Print(literal);
}
