using OsstOrleans.Grains;
using OsstOrleans.Grains.Municipality;

namespace OsstOrleans.Conformance.Tests;

/// <summary>A token holds for a register that grants rights no more than is granted there, at each moment.</summary>
public sealed class RightsTests
{
    private const string Lists = "worklists(municipality: \"320\") { lists { count } }";

    private static readonly GrainName Register = GrainName.Municipality("320");

    [Fact]
    public async Task A_token_is_cut_to_what_is_granted_also_in_a_stream_that_goes_on()
    {
        await using var server = await InProcessServer.Start();
        var (first, other) = (server.Token(Role.Coordinator, "first"), server.Token(Role.Coordinator, "other"));
        await Send(server, new RegisterMunicipality("Kemijärvi"), Role.Operator, "setup");
        Assert.Null(await Code(server, other));
        using var stream = await server.Acknowledged(other);
        await server.Send(stream, InProcessServer.Subscribe(
            "1", "subscription { worklistsChanged(municipality: \"320\") { lists { count } } }"));
        using (var begun = await server.Receive(stream))
        {
            Assert.Equal("next", begun!.RootElement.GetProperty("type").GetString());
        }

        await Send(server, new GrantFirstRight("first"), Role.Operator, "setup");
        Assert.Equal("FORBIDDEN", await Code(server, other));
        Assert.Null(await Code(server, first));
        using (var ended = await server.Receive(stream))
        {
            Assert.DoesNotContain("\"count\"", ended!.RootElement.GetRawText(), StringComparison.Ordinal);
        }

        var today = server.Silo.Services.Clock().Today;
        await Send(server, new GrantRight("other", RegisterRole.Coordinator, today), Role.Coordinator, "first");
        Assert.Equal("FORBIDDEN", await Code(server, other));
        await Send(server, new ConfirmRight("other", RegisterRole.Coordinator, today), Role.Operator, "the operator");
        Assert.Null(await Code(server, other));
        await Send(server, new EndRight("other", RegisterRole.Coordinator), Role.Coordinator, "first");
        Assert.Equal("FORBIDDEN", await Code(server, other));
    }

    private static async Task<string?> Code(InProcessServer server, string token) => InProcessServer.CodeOf(
        (await InProcessServer.Read(server.PostAs(token, new { query = $"{{ {Lists} }}" }))).Json);

    /// <summary>Sends it past the door, and waits until this process has read it.</summary>
    private static async Task Send(InProcessServer server, ICommand command, Role role, string subject)
    {
        var reply = await server.Silo.Grains.Execute(
            Register, command, new Envelope(Guid.NewGuid(), new Caller(role, subject, Reach.Of("320"))));
        Assert.True(reply.Kind is ReplyKind.Accepted, $"{command}: {reply.Kind} {reply.Rejection}");
        await server.Silo.WaitFor(reply.Position);
    }
}
