using System.Globalization;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>What can be done by a form: its action, and the command of the API that it asks for.</summary>
/// <param name="Action">What the form's button says.</param>
/// <param name="Document">The command.</param>
/// <param name="Done">The key of what is said when it was carried out.</param>
/// <param name="Needed">Fields that have to be filled.</param>
/// <param name="Others">Fields that may be empty.</param>
internal sealed record FormCommand(
    string Action, Document Document, string Done, IReadOnlyList<string> Needed, IReadOnlyList<string> Others)
{
    private static readonly char[] s_between = [' ', ',', ';'];

    /// <summary>Fields that are true where the form says <c>yes</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Fields of several words.</summary>
    public IReadOnlyList<string> Lists { get; init; } = [];

    /// <summary>Fields that the form has under another name, which may be empty.</summary>
    public IReadOnlyList<(string InForm, string Field)> Renamed { get; init; } = [];

    /// <summary>Fields that have to be whole numbers.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];

    /// <summary>A field of the form alone that has to say <c>yes</c>: it cannot be undone. Null for none.</summary>
    public string? Sure { get; init; }

    /// <summary>The first field that is not as it has to be; null for none. A number that cannot be read is never left
    /// out: without it a command may mean something else.</summary>
    public string? MissingOf(IFormCollection form) =>
        Needed.FirstOrDefault(field => Text(form, field) is null)
        ?? Numbers.FirstOrDefault(field => Number(form, field) is null)
        ?? (Sure is { } sure && form[sure] != "yes" ? sure : null);

    /// <summary>The command's input.</summary>
    /// <param name="form">What was entered.</param>
    /// <param name="known">What no form says: whose register, or which client.</param>
    public IReadOnlyDictionary<string, object?> InputOf(
        IFormCollection form, IEnumerable<(string Name, object? Value)> known)
    {
        var input = known.ToDictionary(one => one.Name, one => one.Value);
        input["commandId"] = Guid.TryParse(form["command"], out var id) ? id : Guid.NewGuid();
        foreach (var field in Needed.Concat(Others))
        {
            input[field] = Text(form, field);
        }
        foreach (var (inForm, field) in Renamed)
        {
            input[field] = Text(form, inForm);
        }
        foreach (var field in Flags)
        {
            input[field] = form[field] == "yes";
        }
        foreach (var field in Lists)
        {
            input[field] = form[field].ToString().Split(s_between, StringSplitOptions.RemoveEmptyEntries);
        }
        foreach (var field in Numbers)
        {
            input[field] = Number(form, field);
        }
        return input;
    }

    private static string? Text(IFormCollection form, string name) =>
        form[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static int? Number(IFormCollection form, string name) =>
        int.TryParse(form[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
