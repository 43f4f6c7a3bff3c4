using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Silo.Tests.Privacy;

public sealed class ClusterCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string CertificateFile => Path.Combine(_folder.Path, ClusterCertificate.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_new_certificate_is_for_its_owner_alone_and_is_the_same_for_whoever_has_the_file()
    {
        Assert.Null(ClusterCertificate.Find(_folder.Path));
        ClusterCertificate.Create(_folder.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CertificateFile));
        var (one, other) = (ClusterCertificate.Find(_folder.Path)!, ClusterCertificate.Find(_folder.Path)!);
        Assert.True(one.Own.HasPrivateKey);
        Assert.True(one.Accepts(other.Own));
        Assert.Throws<StoreRefusal>(() => ClusterCertificate.Create(_folder.Path));
    }

    [Fact]
    public void Another_certificate_of_the_same_name_is_not_accepted()
    {
        ClusterCertificate.Create(_folder.Path);
        var (cluster, stranger) = (ClusterCertificate.Find(_folder.Path)!, ClusterCertificate.OfThisProcess());
        Assert.Equal(cluster.Own.Subject, stranger.Own.Subject);
        Assert.False(cluster.Accepts(stranger.Own));
        Assert.False(stranger.Accepts(cluster.Own));
    }

    [Fact]
    public void While_certificates_are_exchanged_both_are_accepted_and_the_first_is_shown()
    {
        ClusterCertificate.Create(_folder.Path);
        var (old, oldPem) = (ClusterCertificate.Find(_folder.Path)!, File.ReadAllText(CertificateFile));
        File.Delete(CertificateFile);
        ClusterCertificate.Create(_folder.Path);
        var (next, nextPem) = (ClusterCertificate.Find(_folder.Path)!, File.ReadAllText(CertificateFile));
        File.WriteAllText(CertificateFile, nextPem + oldPem);
        var both = ClusterCertificate.Find(_folder.Path)!;
        Assert.Equal(next.Own.Thumbprint, both.Own.Thumbprint);
        Assert.True(both.Own.HasPrivateKey);
        Assert.True(both.Accepts(old.Own));
        Assert.True(both.Accepts(next.Own));
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_file_that_is_no_certificate_is_refused(string text)
    {
        File.WriteAllText(CertificateFile, text);
        var refusal = Assert.Throws<StoreRefusal>(() => ClusterCertificate.Find(_folder.Path));
        Assert.Contains("is not a cluster certificate", refusal.Message);
    }

    [Fact]
    public void A_certificate_without_its_key_is_refused()
    {
        File.WriteAllText(CertificateFile, ClusterCertificate.OfThisProcess().Own.ExportCertificatePem());
        Assert.Throws<StoreRefusal>(() => ClusterCertificate.Find(_folder.Path));
    }
}
