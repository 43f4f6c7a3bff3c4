using System.Collections.Frozen;
using OsstOrleans.Gateway.Engines.Embedded.Language;
using OsstOrleans.Gateway.Engines.Embedded.Types;

namespace OsstOrleans.Gateway.Engines.Embedded.Input;

/// <summary>
/// Checks a literal against a type without its variables (rule "Values of Correct Type", section 5.6.1).
/// </summary>
internal static class LiteralCheck
{
    public static void Check(ValueNode literal, GraphType type, Action<string, Node> report)
    {
        if (literal is VariableNode)
            return;
        if (literal is NullNode)
        {
            if (type is NonNullType)
                report(InputErrors.Null(type), literal);
            return;
        }
        switch (type.Nullable)
        {
            case ListType list:
                foreach (var item in literal is ListNode node ? node.Items : [literal])
                    Check(item, list.Of, report);
                break;
            case InputObjectType fields:
                CheckObject(literal, fields, report);
                break;
            case var leaf:
                if (leaf.IsInput && !LeafLiterals.TryRead(
                    leaf.Named, literal, FrozenDictionary<string, object?>.Empty, out _, out var error))
                    report(error!, literal);
                break;
        }
    }

    private static void CheckObject(ValueNode literal, InputObjectType type, Action<string, Node> report)
    {
        if (literal is not ObjectNode given)
        {
            report(InputErrors.NoObject(type, ValuePrinter.Print(literal)), literal);
            return;
        }
        foreach (var field in type.Fields)
        {
            var value = given.Fields.LastOrDefault(f => f.Name.Text == field.Name);
            if (value is not null)
                Check(value.Value, field.Type, report);
            else if (field.IsRequired)
                report(InputErrors.MissingField(type, field.Name, ValuePrinter.Print(literal)), literal);
        }
        foreach (var field in given.Fields)
            if (type.Find(field.Name.Text) is null)
                report(InputErrors.UnknownField(type, field.Name.Text, ValuePrinter.Print(literal)), field);
        var known = given.Fields.Where(f => type.Find(f.Name.Text) is not null).ToList();
        if (type.IsOneOf && (known.Count != 1 || known[0].Value is NullNode))
            report(InputErrors.OneOf(type), literal);
    }
}
