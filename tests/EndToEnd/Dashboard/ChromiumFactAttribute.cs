namespace OsstOrleans.EndToEnd.Tests.Dashboard;

/// <summary>A test in the system's browser; skipped with its reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Chromium = "/usr/bin/chromium";

    public ChromiumFactAttribute() =>
        Skip = File.Exists(Chromium) ? null : $"There is no {Chromium}: install the package chromium.";
}

/// <inheritdoc cref="ChromiumFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumTheoryAttribute : TheoryAttribute
{
    public ChromiumTheoryAttribute() => Skip = new ChromiumFactAttribute().Skip;
}
