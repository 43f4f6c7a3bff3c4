using System.Globalization;
using OsstOrleans.GraphQL.Language;

namespace OsstOrleans.GraphQL.Types;

/// <summary>What <c>@listSize</c> says of a field.</summary>
internal sealed record ListSize
{
    /// <summary>The most entries, where no argument says it.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>Arguments that say how many entries there are.</summary>
    public IReadOnlyList<string> SlicingArguments { get; init; } = [];

    /// <summary>The lists below that are meant, instead of the field itself.</summary>
    public IReadOnlyList<string> SizedFields { get; init; } = [];

    /// <summary>Exactly one slicing argument must be given.</summary>
    public bool RequireOneSlicingArgument { get; init; } = true;

    /// <summary>Entries when no slicing argument is given.</summary>
    public int? SlicingArgumentDefaultValue { get; init; }
}

/// <summary>
/// The cost directives of a definition (IBM's cost specification, in HotChocolate's form): what they say, and how they
/// are written.
/// </summary>
internal sealed record Weights
{
    private const string CostName = "cost";
    private const string ListSizeName = "listSize";

    public static readonly Weights Default = new();

    /// <summary>The <c>@cost</c>; null without one, and not a number when its text is none.</summary>
    public double? Cost { get; private init; }

    public ListSize? Size { get; private init; }

    /// <summary>The directives as SDL, each after a space.</summary>
    public string Sdl { get; private init; } = "";

    public static Weights Read(IReadOnlyList<Directive> directives)
    {
        if (!directives.Any(d => d.Name.Text is CostName or ListSizeName))
        {
            return Default;
        }
        var cost = directives.FirstOrDefault(d => d.Name.Text == CostName);
        var size = directives.FirstOrDefault(d => d.Name.Text == ListSizeName);
        return new Weights
        {
            Cost = cost is null ? null : Number((Value(cost, "weight") as StringNode)?.Value),
            Size = size is null ? null : SizeOf(size),
            Sdl = string.Concat(new[] { cost, size }.OfType<Directive>().Select(Print)),
        };
    }

    private static double Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : double.NaN;

    private static ListSize SizeOf(Directive directive) => new()
    {
        AssumedSize = Whole(directive, "assumedSize"),
        SlicingArguments = Names(directive, "slicingArguments"),
        SizedFields = Names(directive, "sizedFields"),
        RequireOneSlicingArgument = Value(directive, "requireOneSlicingArgument") is not BooleanNode { Value: false },
        SlicingArgumentDefaultValue = Whole(directive, "slicingArgumentDefaultValue"),
    };

    private static int? Whole(Directive directive, string argument) =>
        Value(directive, argument) is IntNode node && int.TryParse(node.Text, out var number) ? number : null;

    private static IReadOnlyList<string> Names(Directive directive, string argument) =>
        Value(directive, argument) switch
        {
            ListNode list => [.. list.Items.OfType<StringNode>().Select(s => s.Value)],
            StringNode one => [one.Value],
            _ => [],
        };

    private static ValueNode? Value(Directive directive, string argument) =>
        directive.Arguments.FirstOrDefault(a => a.Name.Text == argument)?.Value;

    private static string Print(Directive directive) =>
        $" @{directive.Name}({string.Join(", ", directive.Arguments.Select(a =>
            $"{a.Name}: {ValuePrinter.Print(a.Value)}"))})";
}
