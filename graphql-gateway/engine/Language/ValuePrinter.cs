using System.Text;

namespace OsstOrleans.GraphQL.Language;

/// <summary>Values as GraphQL text on one line.</summary>
internal static class ValuePrinter
{
    public static string Print(ValueNode value)
    {
        var text = new StringBuilder();
        Print(value, text);
        return text.ToString();
    }

    private static void Print(ValueNode value, StringBuilder text)
    {
        switch (value)
        {
            case VariableNode v: text.Append('$').Append(v.Name); break;
            case IntNode i: text.Append(i.Text); break;
            case FloatNode f: text.Append(f.Text); break;
            case StringNode s: text.Append(QuotedString.Write(s.Value)); break;
            case BooleanNode b: text.Append(b.Value ? "true" : "false"); break;
            case NullNode: text.Append("null"); break;
            case EnumNode e: text.Append(e.Value); break;
            case ListNode list: PrintList(list, text); break;
            case ObjectNode o: PrintObject(o, text); break;
        }
    }

    private static void PrintList(ListNode list, StringBuilder text)
    {
        text.Append('[');
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (i > 0)
            {
                text.Append(", ");
            }
            Print(list.Items[i], text);
        }
        text.Append(']');
    }

    private static void PrintObject(ObjectNode value, StringBuilder text)
    {
        text.Append("{ ");
        for (var i = 0; i < value.Fields.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(value.Fields[i].Name.Text).Append(": ");
            Print(value.Fields[i].Value, text);
        }
        text.Append(" }");
    }
}
