using System.Globalization;

namespace OsstOrleans.Grains.Rows;

/// <summary>
/// Calendar months as a bit set of 128 months. A month that does not fit any more pushes out the earliest ones, and one
/// that is earlier than all that fits is left out, so a row stays small whatever the history.
/// </summary>
/// <param name="First">The number of the month of bit 0; see <see cref="NumberOf(DateOnly)"/>.</param>
public readonly record struct MonthSet(int First, UInt128 Bits)
{
    private const int Width = 128;

    /// <summary>A month's number: years times twelve plus the month from 0.</summary>
    public static int NumberOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    /// <summary>The number of a month written <c>yyyy-MM</c>.</summary>
    public static int NumberOf(string month) =>
        NumberOf(DateOnly.ParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture));

    public static DateOnly FirstDayOf(int month) => new(month / 12, (month % 12) + 1, 1);

    /// <summary>December of a year.</summary>
    public static int LastOf(int year) => (year * 12) + 11;

    public MonthSet With(int month)
    {
        if (Bits == UInt128.Zero)
        {
            return new MonthSet(month, UInt128.One);
        }
        if (month < First)
        {
            var last = First + Width - 1 - (int)UInt128.LeadingZeroCount(Bits);
            return last - month < Width ? new MonthSet(month, (Bits << (First - month)) | UInt128.One) : this;
        }
        var shift = Math.Max(0, month - First - Width + 1);
        var first = First + shift;
        return new MonthSet(first, (shift < Width ? Bits >> shift : UInt128.Zero) | (UInt128.One << (month - first)));
    }

    public MonthSet Without(int month) =>
        month >= First && month - First < Width ? this with { Bits = Bits & ~(UInt128.One << (month - First)) } : this;

    /// <summary>How many months from <paramref name="from"/> up to, not including, <paramref name="until"/>.</summary>
    public int CountBetween(int from, int until)
    {
        var low = Math.Clamp(from - First, 0, Width);
        var high = Math.Clamp(until - First, 0, Width);
        return low >= high ? 0 : (int)UInt128.PopCount(Bits & (Below(high) & ~Below(low)));
    }

    public bool Has(int month) =>
        month >= First && month - First < Width && (Bits >> (month - First) & UInt128.One) != UInt128.Zero;

    /// <summary>True when no month from this one on was pushed out by a later one.</summary>
    public bool Reaches(int month) =>
        Bits == UInt128.Zero || First + Width - 1 - (int)UInt128.LeadingZeroCount(Bits) - month < Width;

    private static UInt128 Below(int bit) => bit >= Width ? UInt128.MaxValue : (UInt128.One << bit) - 1;
}
