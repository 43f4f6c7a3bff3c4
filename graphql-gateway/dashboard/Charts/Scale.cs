namespace OsstOrleans.Dashboard.Charts;

/// <summary>Values along a line of a drawing, with few round marks; its ends lie on marks.</summary>
public sealed class Scale
{
    private static readonly double[] s_round = [1, 2, 5, 10, 20];

    private readonly double _low;
    private readonly double _high;
    private readonly double _start;
    private readonly double _end;
    private readonly double _step;

    /// <param name="values">All that must fit.</param>
    /// <param name="start">Where the low end is drawn.</param>
    /// <param name="end">Where the high end is drawn.</param>
    /// <param name="pieces">About so many pieces between marks.</param>
    public Scale(IEnumerable<double> values, double start, double end, int pieces = 5)
    {
        var all = values.Where(double.IsFinite).DefaultIfEmpty().ToArray();
        var (low, high) = (all.Min(), all.Max());
        _step = StepOf(high > low ? (high - low) / pieces : 1.0 / pieces);
        _low = Math.Floor((low / _step) + Small) * _step;
        _high = Math.Ceiling((high / _step) - Small) * _step;
        if (_high <= _low)
        {
            _high = _low + _step;
        }
        (_start, _end) = (start, end);
    }

    /// <summary>What computing with fractions leaves over.</summary>
    private const double Small = 1e-9;

    /// <summary>The marks from the low end to the high one.</summary>
    public IEnumerable<double> Marks => Enumerable
        .Range(0, (int)Math.Round((_high - _low) / _step) + 1).Select(i => Math.Round(_low + (i * _step), 10));

    /// <summary>Where a value is drawn; what is beyond an end, at that end.</summary>
    public double At(double value) =>
        _start + ((Math.Clamp(value, _low, _high) - _low) / (_high - _low) * (_end - _start));

    /// <summary>1, 2 or 5 times a power of ten, at least so much.</summary>
    private static double StepOf(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return s_round.Select(times => times * power).First(step => step >= least * (1 - Small));
    }
}
