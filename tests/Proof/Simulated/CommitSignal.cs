namespace OsstOrleans.Proof.Tests.Simulated;

/// <summary>Tells all processes of a world that something was committed.</summary>
internal sealed class CommitSignal
{
    public event Action<long>? Raised;

    public void Raise(long position) => Raised?.Invoke(position);
}
