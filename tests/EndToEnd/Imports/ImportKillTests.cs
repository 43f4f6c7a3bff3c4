using System.Globalization;
using Xunit.Abstractions;
using static OsstOrleans.EndToEnd.Tests.Imports.ImportFiles;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>An import that is killed anywhere goes on, loses nothing and doubles nothing.</summary>
public sealed class ImportKillTests(ITestOutputHelper output)
{
    private const int PeopleInFile = 500;
    private const int MonthsOfEach = 40;
    private const int MostKills = 12;

    [Fact]
    public async Task Kill_9_in_the_middle_of_an_import_loses_no_line_and_doubles_none()
    {
        var seed = Environment.GetEnvironmentVariable("OSST_SEED") is { } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        output.WriteLine($"OSST_SEED={seed}");
        var random = new Random(seed);
        using var folder = await TestFolder.WithClients();
        Assert.Equal(0, (await Run(folder, "clients", Clients(folder, PeopleInFile))).ExitCode);
        var file = Months(folder, PeopleInFile, MonthsOfEach);

        var (kills, resumed) = (0, 0);
        for (; kills < MostKills; kills++)
        {
            await using var process = OsstProcess.Start("import", "benefit-months", file, "--data", folder.Data);
            await process.Line("Importing benefit-months: 0 %");
            await Task.Delay(random.Next(600));
            await process.Kill();
            resumed += process.Output.Contains("Going on after line", StringComparison.Ordinal) ? 1 : 0;
        }
        var ended = await Run(folder, "benefit-months", file);
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        output.WriteLine($"{kills} kills, {resumed} resumed; {ended.Output}");

        Assert.Equal(PeopleInFile * MonthsOfEach, Events(folder, "client.benefit-month-recorded"));
        Assert.Equal(0, Events(folder, "client.benefit-month-corrected"));
        await Osst.AssertVerifies("--data", folder.Data);
    }
}
