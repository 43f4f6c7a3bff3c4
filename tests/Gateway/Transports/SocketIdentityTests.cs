using System.Text;
using Microsoft.AspNetCore.Http;
using OsstOrleans.Gateway.Security;
using OsstOrleans.Gateway.Transports.Sockets;
using Xunit;

namespace OsstOrleans.Gateway.Tests.Transports;

/// <summary>A newer token keeps a socket's streams when it says the same person with the same rights.</summary>
public sealed class SocketIdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("osst-sockets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_token_that_says_other_rights_renews_none_also_when_registers_leave_the_same_of_both()
    {
        var issuer = new DevelopmentIssuer(TokenKey.Open(_folder), TimeProvider.System);
        var tokens = new Tokens([issuer], TimeProvider.System)
        {
            Granted = caller => caller with { Reach = caller.Reach.Within(Reach.Of("320")) },
        };
        var socket = SocketIdentity.Of(new DefaultHttpContext(), tokens);
        var begun = await socket.Of(Brings(Reach.Of("320")));
        Assert.Equal(Reach.Of("320"), begun!.Caller.Reach);
        Assert.NotNull(await socket.Renew(Brings(Reach.Of("320")), begun));
        Assert.Null(await socket.Renew(Brings(Reach.Of("320", "005")), begun));

        SocketMessage Brings(Reach reach) => new(
            SocketMessage.Ping, null, Encoding.UTF8.GetBytes($$"""
                {"authorization":"Bearer {{issuer.Mint(Role.Coordinator, "a", reach, TimeSpan.FromHours(1))}}"}
                """));
    }
}
