using Orleans;

namespace OsstOrleans.Silo.Faults;

/// <summary>A grain met an unexpected fault. The message is <see cref="Words"/>.</summary>
[GenerateSerializer]
[Alias("osst.grain-fault")]
public sealed class GrainFault(string words) : Exception(words)
{
    /// <summary>
    /// What may be said of an unexpected fault: its kind and the innermost method that the stack still knows. Never its
    /// message, which may hold personal text.
    /// </summary>
    public static string Words(Exception fault) => fault is GrainFault told
        ? told.Message
        : $"{fault.GetType().Name} {Place(fault)}";

    private static string Place(Exception fault) =>
        fault.StackTrace?.Split('\n', StringSplitOptions.TrimEntries)[0] ?? "at a lost place";
}
