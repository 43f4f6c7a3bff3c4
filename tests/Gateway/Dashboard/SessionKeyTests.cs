using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using OsstOrleans.Gateway.Viewing;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Tests.Dashboard;

/// <summary>Any process of an installation opens what another has sealed, and no process of another one does.</summary>
public sealed class SessionKeyTests
{
    [Fact]
    public void Processes_with_one_master_key_share_sessions_and_others_do_not()
    {
        var key = MasterKey.Random();
        var cookie = Seal(key).Protect("session");
        Assert.DoesNotContain("session", cookie, StringComparison.Ordinal);
        Assert.Equal("session", Seal(key).Unprotect(cookie));
        Assert.ThrowsAny<CryptographicException>(() => Seal(MasterKey.Random()).Unprotect(cookie));
    }

    private static IDataProtector Seal(MasterKey key)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        SessionKeys.AddTo(services, key);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
    }
}
