namespace OsstOrleans.Conformance.Tests.Deploy;

/// <summary>A test that systemd itself carries out; skipped where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SystemdFactAttribute : FactAttribute
{
    public const string Analyze = "/usr/bin/systemd-analyze";

    public const string Dotnet = "/usr/bin/dotnet";

    public SystemdFactAttribute() => Skip = new[] { Analyze, Dotnet }.FirstOrDefault(file => !File.Exists(file)) is
    { } missing
        ? $"There is no {missing}."
        : null;
}

/// <summary>The units for machines without a cluster's scheduler.</summary>
public sealed class UnitTests
{
    private static readonly string[] Units =
        [.. Directory.GetFiles(Path.Combine(DeployFiles.Folder, "systemd"), "*.service")];

    [SystemdFact]
    public async Task Systemd_has_nothing_to_say_about_them()
    {
        foreach (var unit in Units)
        {
            Assert.Equal("", await Tool.Run(
                SystemdFactAttribute.Analyze, ["verify", "--man=no", "--generators=no", unit],
                DeployFiles.Folder));
        }
    }

    [Fact]
    public void Each_runs_the_program_as_nobody_special_and_lets_it_drain()
    {
        Assert.Equal(3, Units.Length);
        foreach (var unit in Units)
        {
            var lines = File.ReadAllLines(unit).Where(line => line.Contains('=')).Select(line => line.Split('=', 2))
                .ToLookup(pair => pair[0], pair => pair[1]);
            var start = Assert.Single(lines["ExecStart"]).Split(' ');
            Assert.Equal(["/usr/bin/dotnet", "/opt/osst/osst.dll"], start[..2]);
            ManifestTests.AssertParses(start[2..]);
            Assert.Equal("osst", lines["User"].Single());
            Assert.Equal("SIGTERM", lines["KillSignal"].Single());
            Assert.True(int.Parse(lines["TimeoutStopSec"].Single()) >= 60);
            Assert.Equal("true", lines["NoNewPrivileges"].Single());
            Assert.Equal("strict", lines["ProtectSystem"].Single());
            Assert.Equal("2", lines["RestartPreventExitStatus"].Single()); // OsstCommand.Refused.
        }
    }
}
