using OsstOrleans.Grains;

namespace OsstOrleans.Silo.Engines.Orleans;

/// <summary>How many grains of each kind are in this silo's memory.</summary>
internal sealed class ActivationTally
{
    private readonly int[] _counts = new int[Enum.GetValues<GrainKind>().Max(kind => (int)kind) + 1];

    public int Total => _counts.Sum();

    public int Of(GrainKind kind) => Volatile.Read(ref _counts[(int)kind]);

    public void Came(GrainKind kind) => Interlocked.Increment(ref _counts[(int)kind]);

    public void Went(GrainKind kind) => Interlocked.Decrement(ref _counts[(int)kind]);
}
