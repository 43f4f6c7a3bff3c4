using System.Diagnostics;
using static OsstOrleans.EndToEnd.Tests.Imports.ImportFiles;

namespace OsstOrleans.EndToEnd.Tests.Imports;

/// <summary>What a shell gives in the place of a file.</summary>
public sealed class PipeTests
{
    [Theory]
    [InlineData("<(cat FILE)")]
    [InlineData("/dev/stdin < <(cat FILE)")]
    [InlineData("/dev/null")]
    [InlineData("''")]
    [InlineData("/tmp")]
    [InlineData("FILE.nowhere")]
    [Trait("case", "12")]
    public async Task What_is_no_file_is_refused_in_one_sentence(string source)
    {
        using var folder = new TestFolder();
        var file = Clients(folder, 1);
        var ended = await Tool.End(new ProcessStartInfo("bash", ["-c",
            $"dotnet '{OsstProcess.Program}' import clients --data '{folder.Data}' {source.Replace("FILE", file)}"]));
        RefusalTests.AssertOneSentence(ended with { Output = "" }, "");
    }
}
