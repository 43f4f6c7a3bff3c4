using System.Globalization;
using OsstOrleans.GraphQL.Language;
using OsstOrleans.GraphQL.Types;

namespace OsstOrleans.GraphQL.Cost;

/// <summary>
/// How many entries a list may have: the largest of its slicing arguments, or what the directive assumes of it. A list
/// of which nothing is known counts as one entry, as the specification has it.
/// </summary>
internal sealed class ListLength
{
    private readonly string[] _variables;
    private readonly double _given;
    private readonly double _otherwise;

    private ListLength(string[] variables, double given, double otherwise) =>
        (_variables, _given, _otherwise) = (variables, given, otherwise);

    /// <summary>True when no variable has a say.</summary>
    public bool IsConstant => _variables.Length == 0;

    /// <param name="size">What the schema says; null when nothing.</param>
    /// <param name="field">The field with the slicing arguments.</param>
    /// <param name="node">Its mention in the document.</param>
    public static ListLength Of(ListSize? size, FieldType field, Field node)
    {
        var variables = new List<string>();
        var given = -1d;
        foreach (var name in size?.SlicingArguments ?? [])
        {
            var value = node.Arguments.FirstOrDefault(a => a.Name.Text == name)?.Value;
            if (value is VariableNode variable)
            {
                variables.Add(variable.Name);
            }
            else if (value is IntNode literal)
            {
                given = Math.Max(given, double.Parse(literal.Text, CultureInfo.InvariantCulture));
            }
            else if (value is null && field.Argument(name)?.Default is IntNode usual)
            {
                given = Math.Max(given, double.Parse(usual.Text, CultureInfo.InvariantCulture));
            }
        }
        return new ListLength([.. variables], given, Otherwise(size, field));
    }

    public double With(IReadOnlyDictionary<string, object?> variables)
    {
        var most = _given;
        foreach (var name in _variables)
        {
            if (variables.TryGetValue(name, out var value) && value is int number)
            {
                most = Math.Max(most, number);
            }
        }
        return most >= 0 ? most : _otherwise;
    }

    /// <summary>The size when no argument gives it; a default counts for a variable that was not given.</summary>
    private static double Otherwise(ListSize? size, FieldType field)
    {
        var usual = (size?.SlicingArguments ?? []).Select(name => field.Argument(name)?.Default).OfType<IntNode>()
            .Select(node => double.Parse(node.Text, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();
        return usual >= 0 ? usual : size?.SlicingArgumentDefaultValue ?? size?.AssumedSize ?? 1;
    }
}
