using System.Runtime.CompilerServices;

namespace OsstOrleans.Grains.Rows;

/// <summary>
/// What a start does once for each client. The runtime would optimize it only while the last ones are read, so it is
/// asked to do so at first sight.
/// </summary>
internal static class StartPath
{
    public const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;
}
