using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Gateway.Import;
using OsstOrleans.Silo;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Import;
using OsstOrleans.Silo.Opening;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Gateway.CommandLine;

/// <summary>
/// <c>osst import</c>: takes a file into the data folder, or sends it to a running server. Exit 0 when every line was
/// taken, 1 when some were refused.
/// </summary>
internal static class ImportCommand
{
    /// <summary>Batches on their way to a server at once.</summary>
    private const int RemoteLanes = 4;

    public static async Task<int> Run(ImportRequest request, CancellationToken stop)
    {
        using var file = ImportFile.Open(request.File);
        var place = $"{ImportKinds.NameOf(request.Kind)}\n{request.Source}\n{request.Url}";
        using var state = ImportState.Open(
            request.Store.Folder, Path.GetFileName(request.File), Hash(place),
            Hash($"{place}\n{request.DryRun}\n{request.Day:O}\n{await file.Fingerprint(stop)}"),
            isRehearsal: request.DryRun);
        var skip = state.ResumesAfter;
        if (skip > 0)
        {
            await Console.Out.WriteLineAsync($"Going on after line {skip} of an earlier run.");
        }
        if (state.LeavesAfter > 0)
        {
            await Console.Error.WriteLineAsync(
                $"Another file of this kind and source was cut off after line {state.LeavesAfter}. Should it come "
                + "again, it begins anew: give its lines their day, or bring it before a newer one.");
        }
        var tally = new ImportTally(state, skip);
        var started = TimeProvider.System.GetTimestamp();
        try
        {
            var title = $"{(request.DryRun ? "Trying" : "Importing")} {ImportKinds.NameOf(request.Kind)}";
            var run = new ImportRun(request.Kind, file, tally, skip) { Day = request.Day };
            await ProgressBar.Show(title, async progress =>
            {
                await Send(request, run, state.Import, progress, stop);
                return true;
            });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            state.Save(tally.Summary.Done);
            throw new StoreRefusal("Stopped; the same command goes on where it is.");
        }
        catch
        {
            state.Save(tally.Summary.Done);
            throw;
        }
        state.Complete();
        var exit = await Tell(tally.Summary, state, TimeProvider.System.GetElapsedTime(started));
        if (request.Covers is null || request.DryRun)
        {
            return exit;
        }
        if (exit == 0)
        {
            return await CoverageImport.Run(request);
        }
        await Console.Error.WriteLineAsync(
            "No coverage was recorded: a refused line's month would count as one without assistance.");
        return exit;
    }

    /// <summary>Who reads which client, and who has which right, is a person's to say: a coordinator's.</summary>
    private static Role SenderOf(ImportKind kind) =>
        ImportKinds.SendersOf(kind) is var senders && senders.Contains(Role.Integration) ? Role.Integration
        : senders.Contains(Role.RecordSystem) ? Role.RecordSystem
        : throw new StoreRefusal(
            $"Lines of {ImportKinds.NameOf(kind)} are a coordinator's: send them to a running server with --url.");

    private static async Task Send(
        ImportRequest request, ImportRun run, Guid id, IProgress<double> progress, CancellationToken stop)
    {
        if (request.Url is { } url)
        {
            using var server = new RemoteImport(
                url, request.Token!, (request.Kind, request.Source), id, Console.Error.WriteLine, TimeProvider.System);
            await run.InBatches(RemoteLanes, RemoteImport.MostLines, server.Send, progress, stop);
            return;
        }
        await Stores.MustExist(request.Store);
        await Free(async () =>
        {
            await VerbLines.Leave(request.Store, $"import {ImportKinds.NameOf(request.Kind)}");
            return true;
        });
        if (request.DryRun)
        {
            await Stores.Rehearse(
                request.Store, TimeProvider.System, services => Take(new Rehearsal(services), services.MasterKey));
            return;
        }
        await using var platform = await Open(request.Store);
        await Take(platform.Grains, platform.Services.MasterKey);

        Task Take(IGrainCalls grains, MasterKey key)
        {
            var caller = new Caller(SenderOf(request.Kind), $"import-{request.Source}", Reach.All);
            var import = new LineImport(
                grains, new ImportKeys(key), caller, request.Source, id, TimeProvider.System);
            return run.OneByOne(line => import.Send(request.Kind, line.Line!, line.Ordinal), progress, stop);
        }
    }

    /// <summary>The store, with no other process on it.</summary>
    /// <exception cref="StoreRefusal">It cannot be used; says why, and what a running server takes.</exception>
    internal static Task<Platform> Open(StoreAddress store) =>
        Free(() => Platform.OpenAlone(store, TimeProvider.System));

    private static async Task<T> Free<T>(Func<Task<T>> use)
    {
        try
        {
            return await use();
        }
        catch (StoreRefusal refusal) when (refusal.IsInUse)
        {
            throw new StoreRefusal($"{refusal.Message} A running server takes the file with --url.");
        }
    }

    private static string Hash(string what) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..32];

    private static async Task<int> Tell(ImportSummary summary, ImportState state, TimeSpan took)
    {
        var lines = summary.Accepted + summary.Duplicates + summary.Superseded + summary.Rejected;
        var older = summary.Superseded > 0 ? $"{summary.Superseded} older than what is known, " : "";
        await Console.Out.WriteLineAsync(
            $"{lines} lines in {took.TotalSeconds:0.0} s: {summary.Accepted} accepted, "
            + $"{summary.Duplicates} known already, {older}{summary.Rejected} refused.");
        if (summary.Undated > 0)
        {
            await Console.Out.WriteLineAsync(
                $"{summary.Undated} lines gave no day and count as of today; --day says another one for all of them.");
        }
        if (new FileInfo(state.ReportPath).Length == 0)
        {
            return 0;
        }
        // Also those of a run that was cut off, which this one went on with.
        await Console.Out.WriteLineAsync($"Refused lines are listed in {state.ReportPath}");
        return 1;
    }
}
