using Orleans.Connections.Security;
using OsstOrleans.Silo.Faults;
using OsstOrleans.Silo.Privacy;
using OsstOrleans.Silo.Storage;

namespace OsstOrleans.Silo.Cluster;

/// <summary>
/// TLS on each connection between processes, both ways: the caller shows the cluster's certificate, too.
/// </summary>
internal static class ClusterTls
{
    /// <summary>
    /// What a process shows. A silo that is alone has its ports to itself; a cluster without a certificate talks in
    /// clear, as those did whose keys are older than this.
    /// </summary>
    /// <exception cref="StoreRefusal">The file is not a certificate with its key.</exception>
    public static ClusterCertificate? CertificateFor(StoreAddress address) => address.Postgres is null
        ? ClusterCertificate.OfThisProcess()
        : ClusterCertificate.Find(address.KeyFolder);

    public static void Demand(this TlsOptions tls, ClusterCertificate certificate)
    {
        tls.LocalCertificate = certificate.Own;
        tls.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        tls.RemoteCertificateValidation = (shown, _, _) => certificate.Accepts(shown);
    }
}
