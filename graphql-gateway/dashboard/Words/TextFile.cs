using System.Collections.Frozen;
using System.Text.Json;

namespace OsstOrleans.Dashboard.Words;

/// <summary>The texts of one language, <c>Words/CODE.json</c>: an object of texts by their keys.</summary>
internal static class TextFile
{
    public static FrozenDictionary<string, string> Read(string code)
    {
        using var file = typeof(TextFile).Assembly.GetManifestResourceStream($"words/{code}")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
