using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsstOrleans.Silo.Privacy;

namespace OsstOrleans.Gateway.Webhooks;

/// <summary>
/// Secrets of receivers and signatures by them, in the form of Standard Webhooks: <c>v1,</c> and the HMAC-SHA256 of
/// identifier, time and body. A secret is derived from the master key, the receiver and a number: nothing is stored.
/// </summary>
internal sealed class WebhookSecrets(MasterKey master)
{
    /// <summary>A secret as its receiver gets it.</summary>
    public string Shown(string receiver, int number) => "whsec_" + Convert.ToBase64String(Key(receiver, number));

    /// <summary>
    /// The value of <c>webhook-signature</c>: by the secret in use and, after a change, by the one before beside it.
    /// </summary>
    public string Sign(string receiver, int number, string id, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{unixSeconds}."));
        byte[] content = [.. signed, .. body];
        return string.Join(' ', Enumerable.Range(Math.Max(1, number - 1), Math.Min(2, number))
            .Select(one => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(receiver, one), content))));
    }

    private byte[] Key(string receiver, int number) =>
        master.DeriveKey(string.Create(CultureInfo.InvariantCulture, $"receiver {receiver} secret {number}"));
}
