namespace OsstOrleans.Silo.Tests;

/// <summary>The program that tests start as a process of its own.</summary>
internal static class OsstProgram
{
    /// <summary>What starts here lives for seconds: to compile again what ran often does not pay.</summary>
    static OsstProgram() => Environment.SetEnvironmentVariable("DOTNET_TC_CallCounting", "0");

    /// <summary>The build beside the test; or, as in a whole run, what an operator would install, compiled ahead.
    /// </summary>
    public static string File { get; } =
        Environment.GetEnvironmentVariable("OSST_PROGRAM") ?? Path.Combine(AppContext.BaseDirectory, "osst.dll");
}
