using System.Globalization;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>A line of values on a fixed grid: months from left to right, from nought to the most.</summary>
public sealed class Line
{
    /// <summary>Width and height in units of the drawing.</summary>
    public const int Width = 240;
    public const int Height = 56;
    private const int Edge = 4;

    private readonly IReadOnlyList<long?> _values;
    private readonly long _most;

    /// <param name="values">One for each month; null where nothing is known, which breaks the line.</param>
    /// <param name="most">The top of the scale.</param>
    public Line(IReadOnlyList<long?> values, long most) => (_values, _most) = (values, Math.Max(1, most));

    /// <summary>The unbroken pieces, each as points of a <c>polyline</c>.</summary>
    public IReadOnlyList<string> Pieces
    {
        get
        {
            List<List<string>> pieces = [[]];
            for (var i = 0; i < _values.Count; i++)
            {
                if (_values[i] is { } value)
                {
                    pieces[^1].Add($"{Number(X(i))},{Number(Y(value))}");
                }
                else if (pieces[^1].Count > 0)
                {
                    pieces.Add([]);
                }
            }
            return [.. pieces.Where(piece => piece.Count > 0).Select(Drawn)];
        }
    }

    /// <summary>The last month that is known; null when none is.</summary>
    public (double X, double Y)? End
    {
        get
        {
            var last = _values.Count - 1;
            while (last >= 0 && _values[last] is null)
            {
                last--;
            }
            return last < 0 ? null : (X(last), Y(_values[last]!.Value));
        }
    }

    /// <summary>A number as drawings write it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>One month alone is a short dash: a line of one point is not drawn.</summary>
    private static string Drawn(List<string> piece) => piece is [var only]
        ? $"{only} {Number(double.Parse(only.Split(',')[0], CultureInfo.InvariantCulture) + 2)},{only.Split(',')[1]}"
        : string.Join(' ', piece);

    private double X(int i) => Edge + (i * (Width - (2.0 * Edge)) / Math.Max(1, _values.Count - 1));

    private double Y(long value) => Height - Edge - ((double)value / _most * (Height - (2.0 * Edge)));
}
