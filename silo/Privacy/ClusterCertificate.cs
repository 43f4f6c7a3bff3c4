using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OsstOrleans.Silo.Faults;

namespace OsstOrleans.Silo.Privacy;

/// <summary>
/// The certificate by which the processes of a cluster know each other. All hold it and its key in one PEM file and
/// show it to each other; a process that shows another one is refused. It is compared and not judged: neither its
/// signer nor its dates matter.
/// </summary>
public sealed class ClusterCertificate
{
    /// <summary>The file's name in the folder of the keys.</summary>
    public const string FileName = "cluster.pem";

    private const string What = "cluster certificate";
    private const int ValidYears = 100;

    private readonly X509Certificate2Collection _accepted;

    private ClusterCertificate(X509Certificate2 own, X509Certificate2Collection accepted) =>
        (Own, _accepted) = (own, accepted);

    /// <summary>What this process shows, with its key: the first in the file.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Whether a folder of keys has one.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>The certificate of a folder of keys; null where there is none.</summary>
    /// <exception cref="StoreRefusal">The file cannot be read, or is not a certificate with its key.</exception>
    public static ClusterCertificate? Find(string folder)
    {
        if (!IsIn(folder))
        {
            return null;
        }
        var path = Path.Combine(folder, FileName);
        try
        {
            var accepted = new X509Certificate2Collection();
            accepted.ImportFromPemFile(path);
            return new ClusterCertificate(X509Certificate2.CreateFromPemFile(path), accepted);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreRefusal($"The {What} {path} cannot be read.");
        }
        catch (CryptographicException)
        {
            throw new StoreRefusal($"The file {path} is not a {What} with its key.");
        }
    }

    /// <summary>Makes one in a folder that has none.</summary>
    /// <exception cref="StoreRefusal">The folder cannot be written.</exception>
    public static void Create(string folder)
    {
        using var own = Sign();
        using var key = own.GetECDsaPrivateKey()!;
        var pem = $"{own.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
        KeyFile.Write(Path.Combine(folder, FileName), What, Encoding.ASCII.GetBytes(pem));
    }

    /// <summary>One that no other process will ever have.</summary>
    public static ClusterCertificate OfThisProcess()
    {
        var own = Sign();
        return new ClusterCertificate(own, [own]);
    }

    /// <summary>Whether it is one of the cluster's.</summary>
    public bool Accepts(X509Certificate2 shown) => _accepted.Any(
        one => CryptographicOperations.FixedTimeEquals(one.RawDataMemory.Span, shown.RawDataMemory.Span));

    private static X509Certificate2 Sign()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=osst-cluster", key, HashAlgorithmName.SHA256);
        var since = DateTimeOffset.UnixEpoch;
        return request.CreateSelfSigned(since, since.AddYears(ValidYears));
    }
}
