using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using OsstOrleans.Dashboard.Desk;

namespace OsstOrleans.Dashboard.Sessions;

/// <summary>
/// The address of a client's page, sealed for one viewer: no history and no log of addresses shows whose page it is,
/// and it opens for that person alone. What may be read is decided anew at each opening, as ever.
/// </summary>
public sealed class ClientAddress(IDataProtectionProvider protection)
{
    private const string Folder = "/own/client/";

    private readonly IDataProtector _seal = protection.CreateProtector("OsstOrleans.Dashboard", "client");

    public string Of(Viewer viewer, string clientId) => Folder + Seal(viewer, clientId);

    /// <summary>A client's id in a form: sealed, as in an address.</summary>
    public string Seal(Viewer viewer, string clientId) => _seal.Protect($"{viewer.Subject}\n{clientId}");

    /// <summary>The address of what the logs say about a client within some days.</summary>
    public string OfReport(Viewer viewer, string clientId, DateOnly from, DateOnly to) =>
        $"/logs/{Seal(viewer, clientId)}/{from:yyyy-MM-dd}/{to:yyyy-MM-dd}";

    /// <summary>The client's id; null when the seal is not ours or not this viewer's.</summary>
    public string? Open(Viewer viewer, string text)
    {
        try
        {
            return _seal.Unprotect(text).Split('\n') is [var subject, var clientId] && subject == viewer.Subject
                ? clientId
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
