namespace OsstOrleans.Gateway.Settings;

/// <summary>What a setting may be; both ends are allowed. Times are in seconds.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute(double least, double most) : Attribute
{
    public double Least { get; } = least;

    public double Most { get; } = most;
}
