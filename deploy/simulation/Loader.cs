using OsstOrleans.Grains;
using OsstOrleans.Grains.Client;

namespace OsstOrleans.Simulation;

/// <summary>
/// Sends a population to its grains, each grain's steps in order and many grains at once. A load that was cut off
/// anywhere goes on where it stopped, and a load that is complete is recognised by a few dozen questions: clients are
/// started in the order of their numbers, and client <c>n</c> only when client <c>n - window</c> is complete. So
/// everything below the first incomplete client is complete, nothing from a window above it was begun, and the border
/// can be searched for by halving. No marker is stored: the grains' answers show how far a load is.
/// </summary>
public sealed class Loader
{
    /// <summary>Enough callers to fill the store's group commits. Every load of one store must use the same.</summary>
    private const int DefaultWindow = 512;

    private const int MostAttempts = 20;
    private const int RetryAfterMs = 20;

    private readonly IGrainCalls _engine;
    private readonly int _window;

    /// <param name="engine">Where the grains live.</param>
    public Loader(IGrainCalls engine)
        : this(engine, DefaultWindow)
    {
    }

    internal Loader(IGrainCalls engine, int window) => (_engine, _window) = (engine, window);

    /// <summary>Loads the data set alone, without anything simulated.</summary>
    public Task<LoadResult> Load(
        OsstDataSet dataSet, IProgress<double>? progress = null, CancellationToken stop = default)
    {
        var grains = dataSet.Steps.GroupBy(step => step.Grain).Select(grain => new GrainSteps(grain.Key, [.. grain]));
        return Load(
            [.. grains], 0, _ => throw new InvalidOperationException("There are no clients."), [], progress, stop);
    }

    /// <summary>Loads a population and what surrounds it.</summary>
    /// <exception cref="Exception">The store failed; load again to go on.</exception>
    /// <exception cref="OperationCanceledException">Stopped between grains; load again to go on.</exception>
    public Task<LoadResult> Load(
        Population population, IProgress<double>? progress = null, CancellationToken stop = default) =>
        Load(
            population.Surroundings, population.Clients, population.Client, population.Completions, progress, stop);

    private async Task<LoadResult> Load(
        IReadOnlyList<GrainSteps> surroundings, int clients, Func<int, GrainSteps> client,
        IReadOnlyList<GrainSteps> completions, IProgress<double>? progress, CancellationToken stop)
    {
        var tally = new LoadTally(surroundings.Count + clients + completions.Count, progress);
        var around = InWindow(0, surroundings.Count, i => surroundings[i], tally, stop);
        var within = Clients();
        await Task.WhenAll(around, within);
        await InWindow(0, completions.Count, i => completions[i], tally, stop);
        return tally.Result();

        async Task Clients() => await InWindow(await FirstUnsure(clients, client, tally), clients, client, tally, stop);
    }

    /// <summary>A number below which every client is complete, and at or below the first incomplete one.</summary>
    private async Task<int> FirstUnsure(int clients, Func<int, GrainSteps> client, LoadTally tally)
    {
        var (complete, incomplete) = (-1, clients);
        while (incomplete - complete > 1)
        {
            var middle = complete + ((incomplete - complete) / 2);
            if (await IsComplete(client(middle)))
            {
                complete = middle;
            }
            else
            {
                incomplete = middle;
            }
        }
        var first = Math.Max(0, complete - _window + 1);
        tally.Advance(first);
        return first;
    }

    /// <summary>
    /// Loads <paramref name="first"/> up to <paramref name="end"/>, each only when the one a window before is complete.
    /// When one fails, those begun are awaited before the fault is thrown, so that nothing runs on behind the caller.
    /// </summary>
    private async Task InWindow(
        int first, int end, Func<int, GrainSteps> grain, LoadTally tally, CancellationToken stop)
    {
        var begun = new Queue<Task>();
        try
        {
            for (var number = first; number < end; number++)
            {
                stop.ThrowIfCancellationRequested();
                if (begun.Count == _window)
                {
                    await begun.Dequeue();
                }
                begun.Enqueue(LoadGrain(grain(number), tally));
            }
        }
        finally
        {
            await Task.WhenAll(begun);
        }
    }

    private async Task LoadGrain(GrainSteps grain, LoadTally tally)
    {
        var isComplete = await IsComplete(grain);
        foreach (var step in isComplete ? grain.Steps.Skip(Logged(grain)) : grain.Steps)
        {
            tally.Count(step, await Send(step, ifVersion: null));
        }
        tally.Advance(1);
    }

    /// <summary>Steps up to the last one that leaves an outcome; what is kept by consent leaves none.</summary>
    private static int Logged(GrainSteps grain)
    {
        var logged = grain.Steps.Count;
        while (logged > 0 && grain.Steps[logged - 1].Command is IConsentCommand)
        {
            logged--;
        }
        return logged;
    }

    /// <summary>
    /// Asks whether the grain's last step was taken, without changing anything: a retry answers with its first
    /// outcome, and what is no retry fails on a version that no grain has.
    /// </summary>
    private async Task<bool> IsComplete(GrainSteps grain) =>
        Logged(grain) is var logged
        && (logged == 0 || (await Send(grain.Steps[logged - 1], Envelope.NeverVersion)).Kind is ReplyKind.Accepted);

    /// <summary>A full queue says "try again": the loader has time, others may not.</summary>
    private async Task<CommandReply> Send(LoadStep step, long? ifVersion)
    {
        var envelope = new Envelope(step.CommandId, CallerOf(step), step.OccurredOn, ifVersion);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _engine.Execute(step.Grain, step.Command, envelope);
            }
            catch (LimitReached) when (attempt < MostAttempts)
            {
                await Task.Delay(attempt * RetryAfterMs);
            }
        }
    }

    /// <summary>
    /// The role that would do this in real life, but that a client's step is the register's coordinator's: no loader
    /// has to do with a client as a worker has. The subject says how far the step can be trusted.
    /// </summary>
    private static Caller CallerOf(LoadStep step)
    {
        var role = step.Grain.Kind switch
        {
            GrainKind.Programme => Role.Operator,
            GrainKind.Client => step.Command is RegisterClient or ReceiveReferral or RecordBenefitMonth
                or RecordEmploymentOutcome ? Role.Integration : Role.Coordinator,
            _ => Role.Coordinator,
        };
        var subject = step.Origin switch
        {
            StepOrigin.Published => "published-data-loader",
            StepOrigin.Placeholder => "placeholder-loader",
            _ => "synthetic-loader",
        };
        return new Caller(role, subject, Reach.All, Purposes.ClientWork);
    }
}
