using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Pages.Import;

/// <summary>What the page of imports says.</summary>
public static class ImportWords
{
    /// <summary>Why a line was refused; rules that seldom meet a line have their code alone.</summary>
    public static string Reason(string code, Language words) =>
        words.Texts.TryGetValue($"line.{code}", out var text) ? text : words.Say("import.otherReason", ("code", code));

    /// <summary>Why a file, or its rest, cannot be read.</summary>
    public static string Of(FileFault fault, Language words) => words.Say($"file.{fault.Code}", ("n", fault.At));
}
