using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Viewing;

/// <summary>
/// The one key that seals the dashboard's cookies, derived from the master key: every process of an installation has
/// it, so any of them answers any request, and nothing of it is stored (decision 0029).
/// </summary>
internal sealed class SessionKeys(MasterKey master) : IXmlRepository
{
    private const string Purpose = "dashboard sessions";

    /// <summary>Of the one key; the framework names keys so.</summary>
    private static readonly Guid s_id = new("0d2f6c1a-7d53-4c1e-9a55-5a3e0f1b2c29");

    public static void AddTo(IServiceCollection services, MasterKey master) => services
        .AddDataProtection().SetApplicationName("OsstOrleans").DisableAutomaticKeyGeneration()
        .Services.Configure<KeyManagementOptions>(options => options.XmlRepository = new SessionKeys(master));

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var secret = new Secret(master.DeriveKey(Purpose));
        var descriptor = new AuthenticatedEncryptorDescriptor(
            new AuthenticatedEncryptorConfiguration
            {
                EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM,
                ValidationAlgorithm = ValidationAlgorithm.HMACSHA256,
            },
            secret).ExportToXml();
        return
        [
            new XElement("key", new XAttribute("id", s_id), new XAttribute("version", 1),
                new XElement("creationDate", DateTimeOffset.UnixEpoch),
                new XElement("activationDate", DateTimeOffset.UnixEpoch),
                new XElement("expirationDate", new DateTimeOffset(9000, 1, 1, 0, 0, 0, TimeSpan.Zero)),
                new XElement("descriptor",
                    new XAttribute("deserializerType", descriptor.DeserializerType.AssemblyQualifiedName!),
                    descriptor.SerializedDescriptorElement)),
        ];
    }

    public void StoreElement(XElement element, string friendlyName) =>
        throw new NotSupportedException("The key follows from the master key; there is no other to keep.");
}
