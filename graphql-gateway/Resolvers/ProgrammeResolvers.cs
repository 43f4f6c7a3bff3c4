using OsstOrleans.Grains;
using OsstOrleans.Grains.Codes;
using OsstOrleans.Grains.Programme;
using OsstOrleans.Grains.Work;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Memory;

namespace OsstOrleans.Gateway.Resolvers;

/// <summary>A programme as an answer shows it.</summary>
internal sealed record ProgrammeView(string Id, ProgrammeState State);

/// <summary>A line of a code system, which it does not name itself.</summary>
internal sealed record CodeLineView(string System, CodeLine Line);

/// <summary>Programmes, the caller, and the code systems.</summary>
internal sealed class ProgrammeResolvers(Platform platform, GlobalIds ids)
{
    public ResolverMap AddTo(ResolverMap map) => map
        .Root("Query", "programme", call => Find(
            call, ids.KeyOf(GrainKind.Programme, call.Arguments.Get<string>("id"))))
        .Root("Query", "programmes", List)
        .Root("Query", "me", call => ValueTask.FromResult(call.Caller()))
        .Root("Query", "codeSystems", _ => ValueTask.FromResult(platform.Services.Codes.All))
        .Object<ProgrammeView>("Programme")
        .Plain<ProgrammeView, string>("Programme", "name", p => p.State.Started!.Name)
        .Plain<ProgrammeView, DateOnly>("Programme", "startsOn", p => p.State.Started!.StartsOn)
        .Plain<ProgrammeView, DateOnly>("Programme", "originalEndsOn", p => p.State.Started!.EndsOn)
        .Plain<ProgrammeView, DateOnly>("Programme", "endsOn", p => p.State.EndsOn!.Value)
        .Plain<ProgrammeView, long>("Programme", "budgetCents", p => p.State.BudgetCents)
        .Plain<ProgrammeView, IReadOnlyList<Member>>("Programme", "members", p => p.State.Members)
        .Plain<ProgrammeView, IReadOnlyList<MethodDecision>>(
            "Programme", "methodDecisions", p => p.State.MethodDecisions)
        .Object<Member>("Member")
        .Object<Caller>("Caller")
        .Plain<Caller, IReadOnlyList<string>?>("Caller", "municipalities",
            caller => caller.Reach.IsAll ? null : caller.Reach.Municipalities)
        .Plain<Caller, IReadOnlyList<string>>("Caller", "purposes", caller => Purposes.Of(caller.Role))
        .Plain<Caller, string>("Caller", "role", c => RoleNames.NameOf(c.Role))
        .Object<CodeSystem>("CodeSystem")
        .Plain<CodeSystem, IReadOnlyList<CodedValue>>(
            "CodeSystem", "codes", s => [.. s.Codes.Select(line => new CodedValue(s.System, line.Code))])
        .Plain<CodeSystem, IReadOnlyList<CodeLineView>>(
            "CodeSystem", "lines", s => [.. s.Codes.Select(line => new CodeLineView(s.System, line))])
        .Object<CodeLineView>("CodeLine")
        .Plain<CodeLineView, CodedValue>("CodeLine", "code", l => new CodedValue(l.System, l.Line.Code))
        .Plain<CodeLineView, CodedValue?>(
            "CodeLine", "parent", l => l.Line.Parent is { } parent ? new CodedValue(l.System, parent) : null)
        .Plain<CodeLineView, DateOnly?>("CodeLine", "validFrom", l => l.Line.ValidFrom)
        .Plain<CodeLineView, DateOnly?>("CodeLine", "validTo", l => l.Line.ValidTo)
        .Object<CodedValue>("CodedValue")
        .Batch<CodedValue, string?>("CodedValue", "display", Displays);

    private async ValueTask<IReadOnlyList<ProgrammeView>> List(FieldCall call)
    {
        var programmes = new List<ProgrammeView>();
        foreach (var id in platform.KnownGrains.Programmes)
        {
            if (await Find(call, id) is { } programme)
            {
                programmes.Add(programme);
            }
        }
        return programmes;
    }

    /// <summary>Null when there is none.</summary>
    public async ValueTask<ProgrammeView?> Find(FieldCall call, string id)
    {
        if (!GrainName.IsValidKey(id))
        {
            return null;
        }
        var reply = await platform.Grains.Until(call.Cancelled).Read<ProgrammeState>(
            GrainName.Programme(id), new ReadRequest(call.Caller()));
        return reply.Result == ReadResult.Found ? new ProgrammeView(id, reply.State!) : null;
    }

    private ValueTask<IReadOnlyList<string?>> Displays(IReadOnlyList<CodedValue> values, FieldCall call)
    {
        var language = call.Arguments.Get<string>("language");
        return ValueTask.FromResult<IReadOnlyList<string?>>([.. values.Select(value => DisplayOf(value, language))]);
    }

    private string? DisplayOf(CodedValue value, string language)
    {
        var display = platform.Services.Codes.Line(value)?.Display;
        return language switch
        {
            "sv" => display?.Sv,
            "en" => display?.En,
            _ => null,
        } ?? display?.Fi;
    }
}
