namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Silos as processes of their own on one PostgreSQL database, with Kemijärvi registered.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    /// <summary>How the line begins that a silo prints when it serves.</summary>
    public const string SiloAnswers = "OsstOrleans silo: health at ";

    private readonly TestFolder _folder = new();
    private readonly List<OsstProcess> _silos = [];
    private readonly PostgresCluster _postgres;
    private readonly string _database;

    private RunningCluster(PostgresCluster postgres, string database)
    {
        (_postgres, _database) = (postgres, database);
        Database = ["--postgres", postgres.To(database)];
    }

    public IReadOnlyList<OsstProcess> Silos => _silos;

    /// <summary>The options that name the database.</summary>
    public string[] Database { get; }

    /// <summary>The first active silo's TCP ports, for silos and for gateways.</summary>
    public async Task<int[]> Ports() => (int[])(await _postgres.Scalar(
        "SELECT ARRAY[port, proxyport] FROM orleans.member WHERE status = 3 ORDER BY starttime LIMIT 1", _database))!;

    /// <summary>Silos that others voted to be dead, one a line: state, start, last heartbeat, votes; empty for none. A
    /// silo that stops votes for itself.</summary>
    public async Task<string> Suspected() => (string)(await _postgres.Scalar(
        "SELECT coalesce(string_agg(concat_ws(' ', port, status, starttime, iamalivetime, suspecttimes), E'\n'), '') "
        + "FROM orleans.member "
        + "WHERE suspecttimes <> '' AND suspecttimes NOT LIKE concat(address, ':', port, '@%')", _database))!;

    /// <summary>The folder of the keys that all processes share.</summary>
    public string Keys => _folder.Data;

    /// <param name="program">The build that makes the database and its silos; this one when null.</param>
    public static async Task<RunningCluster> Start(int silos, string? program = null)
    {
        var postgres = await PostgresCluster.Start();
        var cluster = new RunningCluster(postgres, await postgres.NewDatabase());
        Assert.Equal(0, (await Run("keys", "--data", cluster.Keys)).ExitCode);
        var loaded = await Run(
            ["simulate", "--clients", "0", "--data", cluster.Keys, "--store", "postgres", .. cluster.Database]);
        Assert.True(loaded.ExitCode == 0, loaded.Errors);
        for (var i = 0; i < silos; i++)
        {
            await cluster.AddSilo(program);
        }
        return cluster;

        Task<Ended> Run(params IEnumerable<string> verb) =>
            program is null ? Osst.Run(verb) : OsstProcess.RunOf(program, verb);
    }

    public string Folder(string name) => Path.Combine(_folder.Path, name);

    public async Task AddSilo(string? program = null) => await NewSilo(program).Line(SiloAnswers);

    /// <summary>A silo that has not answered yet.</summary>
    public OsstProcess NewSilo(string? program = null)
    {
        var silo = OsstProcess.StartOf(
            program ?? OsstProcess.Program,
            ["silo", .. Database, "--keys", Keys, "--data", Folder($"silo-{_silos.Count}"), "--port", "0"]);
        _silos.Add(silo);
        return silo;
    }

    public Task<RunningServer> Gateway(string? program = null, string folder = "gateway") => RunningServer.Answering(
        OsstProcess.StartOf(
            program ?? OsstProcess.Program,
            ["gateway", .. Database, "--keys", Keys, "--data", Folder(folder), "--port", "0", "--quiet"]), Keys);

    public async Task DisposeSilos()
    {
        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }
    }

    public Task AssertVerifies() => Osst.AssertVerifies(["--data", Keys, "--store", "postgres", .. Database]);

    public async ValueTask DisposeAsync()
    {
        await DisposeSilos();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }
}
