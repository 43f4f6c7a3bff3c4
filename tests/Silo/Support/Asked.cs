using OsstOrleans.Grains;
using OsstOrleans.Grains.Hosting;

namespace OsstOrleans.Silo.Tests;

/// <summary>A command and what travels with it.</summary>
internal sealed record Asked(ICommand Command, Envelope Envelope);

internal static class Asking
{
    public static ValueTask<CommandReply> Execute(this IGrainCalls grains, GrainName grain, Asked asked) =>
        grains.Execute(grain, asked.Command, asked.Envelope);

    public static ValueTask<CommandReply> Execute(this IGrainHost host, Asked asked) =>
        host.Execute(asked.Command, asked.Envelope);
}
