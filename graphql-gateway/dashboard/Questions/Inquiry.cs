using System.Buffers;
using System.Text.Json;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Questions;

/// <summary>Asks documents as a viewer and reads their answers.</summary>
public static class Inquiry
{
    /// <summary>The data of an answer.</summary>
    /// <typeparam name="T">The form of the data.</typeparam>
    /// <param name="desk">Asks.</param>
    /// <param name="viewer">As whom.</param>
    /// <param name="document">What.</param>
    /// <param name="variables">An object of the document's variables.</param>
    /// <exception cref="InquiryRefused">There is no answer, or a part of it is missing.</exception>
    public static async Task<T> Ask<T>(this IDesk desk, Viewer viewer, Document document, object variables)
    {
        var json = new ArrayBufferWriter<byte>();
        var result = await desk.Ask(viewer, document.With(variables), json);
        return result.FirstErrorCode is { } code
            ? throw new InquiryRefused(document.Name, code)
            : JsonSerializer.Deserialize<Answer<T>>(json.WrittenSpan, AnswerJson.Options)!.Data;
    }

    private sealed record Answer<T>(T Data);
}

/// <summary>A question was refused.</summary>
/// <param name="document">Which document.</param>
/// <param name="code">The code of the first error, one of the contract's.</param>
public sealed class InquiryRefused(string document, string code) : Exception($"{document} was refused: {code}.")
{
    public const string Forbidden = "FORBIDDEN";
    public const string BadInput = "BAD_INPUT";
    public const string NotInStaff = "NOT_IN_STAFF";
    public const string LimitLines = "LIMIT_LINES";
    private const string PurposePrefix = "PURPOSE_";

    /// <summary>True when it is the viewer who may not ask; else the platform cannot answer now.</summary>
    public bool IsOfRights => code == Forbidden || code.StartsWith(PurposePrefix, StringComparison.Ordinal);

    /// <summary>True when it is what was asked that is wrong.</summary>
    public bool IsOfInput => code == BadInput;

    public string Code => code;
}
