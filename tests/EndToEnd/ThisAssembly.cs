namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Where the test framework finds what is compiled into several test projects: each has its own.</summary>
internal static class ThisAssembly
{
    public const string Name = "OsstOrleans.EndToEnd.Tests";
}
