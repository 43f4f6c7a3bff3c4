using OsstOrleans.Grains;
using OsstOrleans.Silo.Engines.Embedded;
using OsstOrleans.Silo.Memory;
using static OsstOrleans.Silo.Tests.Cases;

namespace OsstOrleans.Silo.Tests.Engines;

/// <summary>An embedded engine on a real store with a door.</summary>
public abstract class EnginePlace : Place
{
    private protected static readonly EmbeddedLimits Limits = new(1_000, 10_000, TimeSpan.FromSeconds(30), 2);

    private protected GatedStore Gate { get; private set; } = null!;

    protected EmbeddedEngine Engine { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Gate = new GatedStore(Store);
        Start(Limits);
    }

    public override async Task DisposeAsync()
    {
        Engine.Dispose();
        await base.DisposeAsync();
    }

    private protected void Start(EmbeddedLimits limits)
    {
        Engine?.Dispose();
        Engine = new EmbeddedEngine(Services with { Store = Gate }, limits);
    }

    private protected Task<CommandReply> Send(GrainName grain, ICommand command, Guid? id = null) =>
        Engine.Execute(grain, Ask(command, id: id)).AsTask();

    private protected async Task Register(params IEnumerable<GrainName> clients)
    {
        foreach (var client in clients)
        {
            Assert.Equal(ReplyKind.Accepted, (await Send(client, Cases.Register)).Kind);
        }
    }

    private protected static IEnumerable<GrainName> Clients(int count) =>
        Enumerable.Range(0, count).Select(n => GrainName.Client($"c-{n}"));
}
