using System.Reflection;

namespace OsstOrleans.Gateway.Telemetry;

/// <summary>Which build this is.</summary>
internal static class BuildInfo
{
    /// <summary>The version with the commit, where the build knew it.</summary>
    public static string Version { get; } = typeof(BuildInfo).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
