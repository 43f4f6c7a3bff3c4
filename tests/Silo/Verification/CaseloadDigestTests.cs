using OsstOrleans.Grains.Caseload;
using OsstOrleans.Silo.Verification;

namespace OsstOrleans.Silo.Tests.Verification;

/// <summary>The comparison that finds a wrong caseload looks at every figure.</summary>
public sealed class CaseloadDigestTests
{
    [Fact]
    public void The_digest_has_every_live_metric()
    {
        var digest = CaseloadDigest.Of(new MunicipalityCaseload("837"), new DateOnly(2018, 5, 1))["metrics"];
        Assert.All(
            LiveMetrics.All,
            metric => Assert.Contains($"|{metric.Name.Field}:", digest, StringComparison.Ordinal));
    }
}
