using System.Diagnostics;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>
/// A test that mounts file systems in a namespace of its own; skipped where the machine does not let it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute() => Skip = Mounts.WhyNot;
}

/// <summary>As <see cref="MountFactAttribute"/>, for each of some data.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountTheoryAttribute : TheoryAttribute
{
    public MountTheoryAttribute() => Skip = Mounts.WhyNot;
}

internal static class Mounts
{
    /// <summary>Null where a process may mount in a user and mount namespace of its own.</summary>
    public static string? WhyNot { get; } = Possible() ? null : "This machine lets us mount nothing (unshare -rm).";

    private static bool Possible()
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(
                "unshare", ["-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "none", Path.GetTempPath()])
            {
                RedirectStandardError = true,
            })!;
            return probe.WaitForExit(Patience.Limit) && probe.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
