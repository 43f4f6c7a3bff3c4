using System.Text.Json;

namespace OsstOrleans.Conformance.Tests.Deploy;

/// <summary>The files of <c>deploy/</c> as their readers take them.</summary>
internal static class DeployFiles
{
    public static string Folder { get; } = Path.Combine(Node.Checkout, "deploy");

    private static readonly Lazy<Task<(IReadOnlyList<string> Errors, JsonElement Documents)>> s_own =
        new(() => Check(Folder));

    /// <summary>The YAML files of a folder like <c>deploy/</c>: what is wrong with them, and their documents.</summary>
    public static async Task<(IReadOnlyList<string> Errors, JsonElement Documents)> Check(string folder)
    {
        var checkedFiles = JsonElement.Parse(await Node.Deploy.Run(
            new Dictionary<string, string>(), "check.mjs", folder));
        return ([.. checkedFiles.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!)],
            checkedFiles.GetProperty("documents"));
    }

    /// <summary>The same for <c>deploy/</c> itself.</summary>
    public static Task<(IReadOnlyList<string> Errors, JsonElement Documents)> Checked => s_own.Value;

    /// <summary>The documents of one file.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Of(string file) =>
        [.. (await Checked).Documents.GetProperty(file).EnumerateArray()];

    /// <summary>All documents of the cluster's manifests of a kind.</summary>
    public static async Task<IReadOnlyList<JsonElement>> Manifests(string kind) =>
    [
        .. from file in (await Checked).Documents.EnumerateObject()
           where file.Name.StartsWith("kubernetes/", StringComparison.Ordinal)
           from document in file.Value.EnumerateArray()
           where document.GetProperty("kind").GetString() == kind
           select document,
    ];

    /// <summary>The value at the end of a path; null where it leads nowhere.</summary>
    public static JsonElement? Find(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return null;
            }
        }
        return json;
    }

    /// <summary>The text at the end of a path; empty where there is none.</summary>
    public static string Text(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.Find(path)?.ToString() ?? "";

    /// <summary>A list of texts.</summary>
    public static string[] Texts(this JsonElement json, params ReadOnlySpan<string> path) =>
        [.. json.Find(path)?.EnumerateArray().Select(text => text.ToString()) ?? []];
}
