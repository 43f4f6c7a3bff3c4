using Microsoft.AspNetCore.Http;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Questions;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>What became of a form's command.</summary>
/// <param name="Done">The key of what was done; null for nothing.</param>
/// <param name="Tried">What was not done, and why; null for nothing.</param>
/// <param name="Position">Where the log has it, so that a list shows it.</param>
internal sealed record FormOutcome(string? Done, FormTry? Tried, long? Position)
{
    /// <summary>Nothing was posted.</summary>
    public static FormOutcome None { get; } = new(null, null, null);
}

/// <summary>Sends what a form asks for as a command, which the API decides.</summary>
internal static class FormPost
{
    private const string Required = "FIELD_REQUIRED";

    /// <summary>Carries the form's command out; a refusal has its code, and the field that it is about.</summary>
    /// <param name="desk">Asks.</param>
    /// <param name="viewer">As whom.</param>
    /// <param name="http">What was posted; its answer says whether it was refused.</param>
    /// <param name="commands">What the form may ask for.</param>
    /// <param name="known">What no form says; a value of null is something that the viewer may not name.</param>
    public static async Task<FormOutcome> Send(
        IDesk desk, Viewer viewer, HttpContext http, IReadOnlyList<FormCommand> commands,
        params (string Name, object? Value)[] known)
    {
        var outcome = await Try(desk, viewer, http.Request.Form, commands, known);
        if (outcome.Tried is not null)
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
        return outcome;
    }

    private static async Task<FormOutcome> Try(
        IDesk desk, Viewer viewer, IFormCollection form, IReadOnlyList<FormCommand> commands,
        (string Name, object? Value)[] known)
    {
        var action = form["action"].ToString();
        if (commands.FirstOrDefault(one => one.Action == action) is not { } command
            || Array.Exists(known, one => one.Value is null))
        {
            return Refused(InquiryRefused.BadInput, null);
        }
        if (command.MissingOf(form) is { } missing)
        {
            return Refused(Required, missing);
        }
        try
        {
            var answer = await desk.Ask<Dictionary<string, DoneAnswer>>(
                viewer, command.Document, new { input = command.InputOf(form, known) });
            return answer.Values.Single() switch
            {
                { Accepted: true } done => new FormOutcome(command.Done, null, done.Position),
                { UserErrors: [var first, ..] } => Refused(first.Code ?? "", first.Field),
                _ => Refused(InquiryRefused.BadInput, null),
            };
        }
        catch (InquiryRefused refused) when (refused.IsOfRights || refused.IsOfInput
            || refused.Code == GraphQLErrorCodes.Variables)
        {
            return Refused(refused.Code, null);
        }

        FormOutcome Refused(string code, string? field) => new(null, new FormTry(
            action, form.ToDictionary(one => one.Key, one => one.Value.ToString()), code, field), null);
    }
}
