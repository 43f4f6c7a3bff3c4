using System.Globalization;

namespace OsstOrleans.Dashboard.Charts;

/// <summary>Columns side by side above one base line, with round marks on the scale.</summary>
public sealed class Columns
{
    public const int Width = 960;
    public const int Height = 260;
    private const int Left = 44;
    private const int Bottom = 28;
    private const int Top = 12;

    private readonly int _count;
    private readonly long _top;

    /// <param name="count">How many columns.</param>
    /// <param name="most">The highest value.</param>
    public Columns(int count, long most)
    {
        (_count, Step) = (Math.Max(1, count), StepOf(most));
        _top = Math.Max(Step, ((most + Step - 1) / Step) * Step);
    }

    /// <summary>Where the columns stand.</summary>
    public static int Base => Height - Bottom;

    /// <summary>Where the scale's marks end.</summary>
    public static int Start => Left;

    /// <summary>From mark to mark.</summary>
    public long Step { get; }

    /// <summary>The marks from nought to the top.</summary>
    public IEnumerable<(long Value, double Y)> Marks
    {
        get
        {
            for (var value = 0L; value <= _top; value += Step)
            {
                yield return (value, Y(value));
            }
        }
    }

    /// <summary>The left edge of a column.</summary>
    public double X(int i) => Left + 2 + (i * Pitch);

    public double Breadth => Math.Max(1, Pitch * 0.72);

    public double Y(long value) => Base - ((double)value / _top * (Base - Top));

    private double Pitch => (Width - Left - 4.0) / _count;

    /// <summary>1, 2 or 5 times a power of ten, for about four marks.</summary>
    private static long StepOf(long most)
    {
        var step = 1L;
        while (most / step > 4)
        {
            step = step.ToString(CultureInfo.InvariantCulture)[0] == '2' ? step / 2 * 5 : step * 2;
        }
        return step;
    }
}
