using System.Globalization;
using System.Text;

namespace OsstOrleans.Benchmarks;

/// <summary>One row of a table: a figure measured several times, told by its median and spread.</summary>
internal sealed record Figure(string Name, string Unit, IReadOnlyList<double> Runs)
{
    public double Median => Runs.Order().ElementAt(Runs.Count / 2);

    public double Min => Runs.Min();

    public double Max => Runs.Max();
}

/// <summary>A table of figures taken in one run of the program, printed as Markdown.</summary>
internal sealed class FigureTable(string name)
{
    /// <summary>Runs of each figure after one that does not count.</summary>
    public const int Runs = 5;

    private readonly List<(Figure Figure, string Note)> _rows = [];

    public string Name { get; } = name;

    public IReadOnlyList<(Figure Figure, string Note)> Rows => _rows;

    /// <summary>Measures once to warm up and then <see cref="Runs"/> times.</summary>
    public async Task<Figure> Measure(
        string row, string unit, Func<Task<double>> once, Func<Figure, string>? note = null)
    {
        await once();
        var runs = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            runs.Add(await once());
        }
        var figure = new Figure(row, unit, runs);
        Add(figure, note?.Invoke(figure) ?? "");
        return figure;
    }

    public void Add(Figure figure, string note = "")
    {
        _rows.Add((figure, note));
        Console.Error.WriteLine($"  {figure.Name}: {Number(figure.Median)} {figure.Unit} {note}");
    }

    /// <summary>
    /// Adds to each row "name: kind" its ratio to the rows of other names of the same kind: the median of the ratios of
    /// runs taken in the same turn.
    /// </summary>
    public FigureTable WithRatios(params string[] names)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            var (figure, _) = _rows[i];
            var kind = figure.Name[(figure.Name.LastIndexOf(':') + 1)..];
            var ratios =
                from name in names
                let peer = _rows.Find(row => row.Figure.Name == name + ":" + kind).Figure
                where peer is not null && peer.Name != figure.Name
                select $"{Times(MedianRatio(figure, peer))} {name}";
            _rows[i] = (figure, string.Join(", ", ratios));
        }
        return this;
    }

    private static double MedianRatio(Figure one, Figure other) =>
        one.Runs.Zip(other.Runs, (a, b) => a / b).Order().ElementAt(one.Runs.Count / 2);

    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine("| what | unit | median | min | max | note |").AppendLine("|---|---|---:|---:|---:|---|");
        foreach (var (figure, note) in _rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {figure.Name} | {figure.Unit} | {Number(figure.Median)} | "
                + $"{Number(figure.Min)} | {Number(figure.Max)} | {note} |");
        }
        return text.ToString();
    }

    public static string Times(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture) + " x";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "#,0" : "0.###", CultureInfo.InvariantCulture).Replace(',', ' ');
}
