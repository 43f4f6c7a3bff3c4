using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Storage;
using OsstOrleans.Silo.Storage.Postgres;
using static OsstOrleans.Silo.Tests.Requests;

namespace OsstOrleans.Silo.Tests.Storage.Postgres;

/// <summary>A server whose disk takes no more rows, and still its own log.</summary>
[Collection("postgres"), NeedsDisk]
public sealed class FullDiskTests
{
    [StoreFact]
    public async Task While_every_write_fails_the_figures_say_so_and_stop_saying_so_by_themselves()
    {
        await using var cluster = await PostgresCluster.StartWithDisk();
        await cluster.Execute("CREATE DATABASE osst OWNER osst TEMPLATE template0 TABLESPACE small");
        await using var store = await PostgresStore.Open(cluster.To("osst"), PostgresUse.ByOneProcess);
        var ballast = cluster.OnSmallDisk("ballast");
        FillUp(ballast);
        var command = Guid.NewGuid();
        var stored = 0;
        StoreFault? fault = null;
        while (fault is null)
        {
            Assert.InRange(stored, 0, 1_000);
            try
            {
                await Large(store, stored, command);
                (stored, command) = (stored + 1, Guid.NewGuid());
            }
            catch (StoreFault full)
            {
                fault = full;
            }
        }
        Assert.Contains("disk of the PostgreSQL server is full; nothing", fault.Message, StringComparison.Ordinal);
        Assert.True(store.Figures is { IsRefusing: true, IsAway: false, IsBroken: false });
        Assert.Equal(stored, (await store.Load(Someone)).Events.Count);

        var before = store.Figures.Errors;
        await Patience.Until(() => store.Figures.Errors > before); // Its own trial fails, too: it keeps nothing.
        Assert.True(store.Figures.IsRefusing);

        File.Delete(ballast);
        await Patience.Until(() => !store.Figures.IsRefusing); // Nobody writes meanwhile.
        Assert.Equal(AppendResult.Appended, (await Large(store, stored, command)).Result);
    }

    private static ValueTask<AppendOutcome> Large(PostgresStore store, int expected, Guid command)
    {
        var bytes = new byte[50_000];
        new Random(expected).NextBytes(bytes); // The server would compress others.
        return store.Append(Append(Someone, expected, command, new NewEvent("test.happened", bytes, default)));
    }

    private static void FillUp(string file)
    {
        try
        {
            using var ballast = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
            {
                ballast.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
