using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages;

/// <summary>A command that was not carried out: its form shows what was entered, and what is wrong at its field.
/// </summary>
/// <param name="Action">Which form.</param>
/// <param name="Entered">What was entered, by field.</param>
/// <param name="Code">Why it was refused.</param>
/// <param name="Field">The field that it is about; null for none of the form.</param>
public sealed record FormTry(
    string Action, IReadOnlyDictionary<string, string> Entered, string Code, string? Field)
{
    /// <summary>What was entered in a field of a form; empty for a form that was not posted.</summary>
    public static string? ValueOf(FormTry? tried, string action, string field) =>
        tried?.Action == action ? tried.Entered.GetValueOrDefault(field) : null;

    /// <summary>What is wrong with a field of a form; null for nothing.</summary>
    public static string? WrongWith(FormTry? tried, string action, string field, Language words) =>
        tried?.Action == action && tried.Field == field ? tried.Reason(words) : null;

    /// <summary>Why, in words.</summary>
    public string Reason(Language words) =>
        words.Texts.GetValueOrDefault($"refusal.{Code}") ?? words.Say("glass.refused", ("code", Code));
}
