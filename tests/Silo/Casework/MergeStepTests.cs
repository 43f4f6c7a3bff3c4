using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;
using OsstOrleans.Grains.Municipality;
using OsstOrleans.Silo.Casework;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Casework;

/// <summary>
/// A run of a merge stands still before any of its steps, or dies there, while something happens to one of the clients
/// and another run carries the merge out: it is whole or it is not there.
/// </summary>
public sealed class MergeStepTests : Place
{
    /// <summary>More than a run has.</summary>
    private const int MostSteps = 12;

    private static readonly GrainName Municipality = GrainName.Municipality(Tampere);

    public static TheoryData<string, bool> Happenings()
    {
        var data = new TheoryData<string, bool>();
        foreach (var what in new[]
        {
            "nothing", "survivor registered", "survivor erased", "survivor moves", "duplicate moves",
            "duplicate moves and comes back", "duplicate erased", "duplicate worked with",
            "duplicate worked with, by mistake",
        })
        {
            data.Add(what, true);
            data.Add(what, false);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Happenings))]
    public async Task Whatever_happens_between_two_steps_a_merge_is_whole_or_not_there(string what, bool goesOn)
    {
        await Do(Municipality, new RegisterMunicipality("Tampere"));
        for (var step = 0; step < MostSteps; step++)
        {
            var (survivor, duplicate) = (GrainName.Client($"maija-{step}"), GrainName.Client($"again-{step}"));
            await Do(duplicate, Register);
            await Do(duplicate, new ReceiveReferral("r1", ReferralSource.Kela, ReferralReason.Need, 3));
            if (what is not "survivor registered")
            {
                await Do(survivor, Register);
            }
            await Do(Municipality, new MergeDuplicate(
                $"m{step}", survivor.Key, duplicate.Key, MergeGrounds.SameIdentifier));

            var first = new SteppedCalls(Services, step);
            var begun = CarryOut(first);
            await first.StandsStill.Task.Patiently();
            await Happens(what, survivor, duplicate);
            await CarryOut(new SteppedCalls(Services, int.MaxValue));
            await AssertWhole(step, survivor, duplicate);
            if (goesOn)
            {
                first.GoOn.SetResult();
                await begun;
                await AssertWhole(step, survivor, duplicate);
            }
        }
    }

    /// <summary>What is done to a client as an ordinary caller may do it: a duplicate that has ended takes nothing.
    /// </summary>
    private async Task Happens(string what, GrainName survivor, GrainName duplicate)
    {
        if (what is "survivor registered")
        {
            await Do(survivor, Register);
        }
        else if (what.EndsWith("erased", StringComparison.Ordinal))
        {
            await Do(
                what.StartsWith("survivor", StringComparison.Ordinal) ? survivor : duplicate,
                new EraseClient(ErasureReason.RegisteredInError));
        }
        else if (what is "survivor moves")
        {
            await Do(survivor, new MoveToMunicipality(Raisio));
        }
        else if (what is not "nothing" && (await StateOf<ClientState>(duplicate))!.MergedInto is null)
        {
            await HappensTo(duplicate, what);
        }
    }

    private async Task HappensTo(GrainName duplicate, string what)
    {
        var moves = what.Contains("moves", StringComparison.Ordinal);
        await Do(duplicate, moves ? new MoveToMunicipality(Raisio)
            : new RecordEmploymentOutcome(EmploymentKind.Study, Day));
        if (what.Contains("comes back", StringComparison.Ordinal))
        {
            await CarryOut(new SteppedCalls(Services, int.MaxValue));
            await Do(duplicate, new MoveToMunicipality(Tampere));
        }
        else if (what.Contains("mistake", StringComparison.Ordinal))
        {
            await CarryOut(new SteppedCalls(Services, int.MaxValue));
            await Do(duplicate, new MarkRecordedInError(3, new PersonalText("Väärä henkilö")));
        }
    }

    private async Task CarryOut(SteppedCalls calls)
    {
        try
        {
            await new DecidedWork(Services, calls, Tampere).CarryOut(CancellationToken.None);
        }
        catch (StoreFault fault) when (fault.IsPassing)
        {
            // It came too late, and is tried again: should there be anything left, the next run does it.
        }
        calls.StandsStill.TrySetResult();
    }

    private async Task AssertWhole(int step, GrainName survivor, GrainName duplicate)
    {
        var merge = (await StateOf<MunicipalityState>(Municipality))!.Merges[^1];
        var (stayed, left) = (await StateOf<ClientState>(survivor), (await StateOf<ClientState>(duplicate))!);
        var isMerged = merge.Outcome is MergeOutcome.Merged;
        Assert.NotEqual((step, MergeOutcome.UnderWay), (step, merge.Outcome));
        Assert.Equal((step, isMerged), (step, stayed?.Absorbed.Count == 1));
        Assert.Equal((step, isMerged ? 1 : 0), (step, stayed?.Referrals.Count ?? 0));
        Assert.True(
            left.MergedInto is not null == isMerged || (left.ErasedOn is not null && !isMerged),
            $"Before step {step}: the merge is {merge.Outcome}, and the duplicate is not so.");
    }

    private async Task Do(GrainName grain, ICommand command) => Assert.Equal(
        (ReplyKind.Accepted, null),
        await GrainKinds.NewHost(grain, Services, ReadSnapshot.None)
            .Execute(Ask(command, In(Role.Coordinator, null))) is var reply ? (reply.Kind, reply.Rejection) : default);

    private async Task<TState?> StateOf<TState>(GrainName grain)
        where TState : class => (await new SteppedCalls(Services, int.MaxValue).Read<TState>(
            grain, ReadAs(In(Role.Coordinator, null)))).State;

    /// <summary>Calls of one run, which stands still before one of them.</summary>
    private sealed class SteppedCalls(GrainServices services, int before) : IGrainCalls
    {
        private int _made;

        public TaskCompletionSource StandsStill { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask<CommandReply> Execute(GrainName grain, ICommand command, Envelope envelope)
        {
            await Turn();
            return await GrainKinds.NewHost(grain, services, ReadSnapshot.None).Execute(command, envelope);
        }

        public async ValueTask<ReadReply<TState>> Read<TState>(GrainName grain, ReadRequest request)
            where TState : class
        {
            await Turn();
            return await ((IGrainHost<TState>)GrainKinds.NewHost(grain, services, ReadSnapshot.None)).Read(request);
        }

        private async Task Turn()
        {
            if (_made++ == before)
            {
                StandsStill.SetResult();
                await GoOn.Task;
            }
        }
    }
}
