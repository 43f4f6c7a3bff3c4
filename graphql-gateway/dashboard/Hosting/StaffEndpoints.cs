using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OsstOrleans.Dashboard.Desk;
using OsstOrleans.Dashboard.Pages;
using OsstOrleans.Dashboard.Pages.Own;
using OsstOrleans.Dashboard.Pages.Staff;
using OsstOrleans.Dashboard.Questions;
using OsstOrleans.Dashboard.Words;

namespace OsstOrleans.Dashboard.Hosting;

/// <summary>
/// Staff and rights of a register, for its coordinators; its officer for data protection sees the rights. What a form
/// asks is a command of the API, which decides.
/// </summary>
internal sealed class StaffEndpoints(IDesk desk, PageAnswer pages, TimeProvider time)
{
    private const string Place = "/staff";

    private static readonly IReadOnlyList<FormCommand> s_commands =
    [
        new("enter", Document.RegisterStaffMember, "staff.entered", ["workerId"], ["signsInAs"])
        {
            Flags = ["handlesIntake", "keepsDoor"],
            Lists = ["teamIds"],
        },
        new("remove", Document.RemoveStaffMember, "staff.removed", ["workerId"], []),
        new("grant", Document.GrantRight, "right.wasGranted", ["subject", "role", "from"], ["to"]),
        new("confirm", Document.ConfirmRight, "right.wasConfirmed", ["subject", "role", "from"], ["to"]),
        new("end", Document.EndRight, "right.wasEnded", ["subject", "role"], []),
        new("decide", Document.DecideRightEnd, "right.wasDecided", ["subject", "role"], [])
        {
            Flags = ["ends"],
        },
    ];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Place, Look);
        app.MapPost(Place, Act);
    }

    private Task Look(HttpContext http) =>
        Show(http, (viewer, words) => Body(viewer, words, FormOutcome.None));

    private Task Show(HttpContext http, Func<Viewer, Language, Task<PageBody>> page) => pages.ForFigures(
        http,
        async (signedIn, words) => signedIn.Viewer.Purpose is null
            ? PageBody.Of<PurposeView>(
                words["own.purposeTitle"], ("Purposes", signedIn.Viewer.Purposes), ("Back", Place))
            : await page(signedIn.Viewer, words),
        viewer => viewer.LogRegister is not null);

    private async Task<PageBody> Body(Viewer viewer, Language words, FormOutcome outcome)
    {
        var register = viewer.LogRegister;
        // The first question waits until a command is seen; the second one then sees it, too.
        var rights = await desk.Ask<RegisterRightsAnswer>(
            viewer, Document.RegisterRights, new { register, minPosition = outcome.Position });
        var staff = viewer.Coordinates
            ? await desk.Ask<RegisterStaffAnswer>(viewer, Document.RegisterStaff, new { register })
            : null;
        return PageBody.Of<StaffView>(
            words["staff.title"], ("Rights", rights.RegisterRights), ("Me", rights.Me.Subject), ("Staff", staff),
            ("Today", FinnishClock.DayOf(time.GetUtcNow())), ("Said", outcome.Done), ("Tried", outcome.Tried));
    }

    private async Task Act(HttpContext http)
    {
        if (await pages.IsOurs(http))
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            await Show(http, async (viewer, words) => await Body(viewer, words, await FormPost.Send(
                desk, viewer, http, s_commands, ("municipality", viewer.LogRegister))));
        }
    }
}
