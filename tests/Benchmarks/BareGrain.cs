using Orleans;

namespace OsstOrleans.Benchmarks;

/// <summary>What an Orleans developer writes first: no store, no filter, nothing of the platform's.</summary>
[Alias("bench.bare")]
internal interface IBareGrain : IGrainWithStringKey
{
    [Alias("read")]
    ValueTask<BareReply> Read(BareQuestion question);
}

/// <summary>As large as the platform's own question.</summary>
[GenerateSerializer, Immutable, Alias("bench.question")]
internal sealed record BareQuestion(
    [property: Id(0)] string Role, [property: Id(1)] string Actor, [property: Id(2)] string Purpose,
    [property: Id(3)] int Kind);

/// <summary>As large as the platform's own answer to a read of a municipality.</summary>
[GenerateSerializer, Immutable, Alias("bench.reply")]
internal sealed record BareReply(
    [property: Id(0)] int Result, [property: Id(1)] long Version, [property: Id(2)] long Position,
    [property: Id(3)] BareState State);

/// <summary>The fields of a municipality that are not empty.</summary>
[GenerateSerializer, Immutable, Alias("bench.state")]
internal sealed record BareState(
    [property: Id(0)] string Name, [property: Id(1)] DateOnly RegisteredOn, [property: Id(2)] int ReviewIntervalDays,
    [property: Id(3)] int FirstContactTargetDays);

[GrainType("bench-bare")]
internal sealed class BareGrain : Grain, IBareGrain
{
    private readonly BareState _state = new("Kunta", DateOnly.MinValue, 90, 7);

    public ValueTask<BareReply> Read(BareQuestion question) => new(new BareReply(1, 1, 1, _state));
}
