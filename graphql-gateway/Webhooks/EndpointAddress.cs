using System.Net;
using System.Net.Sockets;

namespace OsstOrleans.Gateway.Webhooks;

/// <summary>
/// Which addresses events may be sent to: not the machine itself, its link or many at once. An IPv6 address can hold an
/// IPv4 address that a gateway or the kernel sends to instead; it is judged by that one, too.
/// </summary>
internal static class EndpointAddress
{
    private const byte AsItIs = 0;
    private const byte Inverted = 0xff;

    /// <summary>
    /// This network, links, networks of providers, protocols' own addresses and groups (IANA's registries of
    /// special-purpose addresses), and the services that clouds have for their own machines. Private networks are not
    /// here: receivers of a municipality live there.
    /// </summary>
    private static readonly IPNetwork[] s_refused =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("100.64.0.0/10"), // Alibaba's 100.100.100.200 is one
        IPNetwork.Parse("192.0.0.0/24"), // Oracle's 192.0.0.192 is one
        IPNetwork.Parse("168.63.129.16/32"), // Azure
        IPNetwork.Parse("::/128"), IPNetwork.Parse("fe80::/10"), IPNetwork.Parse("fec0::/10"),
        IPNetwork.Parse("ff00::/8"),
        IPNetwork.Parse("fd00:ec2::/32"), // Amazon
        IPNetwork.Parse("fd20:ce::/32"), // Google
        IPNetwork.Parse("fd00:c1::/32"), // Oracle
        IPNetwork.Parse("fd00:42::/32"), // Scaleway
        IPNetwork.Parse("fd00:a9fe:a9fe::/48"), // Linode
        // NAT64 of a network's own (RFC 8215): only that network knows where in it the IPv4 address stands.
        IPNetwork.Parse("64:ff9b:1::/48"),
    ];

    /// <summary>Where an IPv4 address stands in an IPv6 address: its four bytes, and their mask (xor).</summary>
    private static readonly (IPNetwork Within, int[] Bytes, byte Mask)[] s_embedded =
    [
        (IPNetwork.Parse("::/96"), [12, 13, 14, 15], AsItIs), // IPv4-compatible, RFC 4291
        (IPNetwork.Parse("::ffff:0:0/96"), [12, 13, 14, 15], AsItIs), // IPv4-mapped, RFC 4291
        (IPNetwork.Parse("::ffff:0:0:0/96"), [12, 13, 14, 15], AsItIs), // IPv4-translated, RFC 2765
        (IPNetwork.Parse("64:ff9b::/96"), [12, 13, 14, 15], AsItIs), // NAT64, RFC 6052
        (IPNetwork.Parse("2002::/16"), [2, 3, 4, 5], AsItIs), // 6to4, RFC 3056
        (IPNetwork.Parse("2001::/32"), [4, 5, 6, 7], AsItIs), // Teredo, RFC 4380: its server
        (IPNetwork.Parse("2001::/32"), [12, 13, 14, 15], Inverted), // and its client
    ];

    /// <summary>The parts of an interface's identifier before an IPv4 address (ISATAP, RFC 5214).</summary>
    private static readonly byte[][] s_isatap = [[0, 0, 0x5e, 0xfe], [2, 0, 0x5e, 0xfe]];

    /// <param name="address">What a connection would go to.</param>
    /// <param name="isProduction">Refuses the machine itself, too.</param>
    public static bool IsAllowed(IPAddress address, bool isProduction) => Meanings(address).All(meant =>
        IPAddress.IsLoopback(meant) ? !isProduction : !s_refused.Any(network => network.Contains(meant)));

    /// <summary>The address and each IPv4 address in it.</summary>
    private static IEnumerable<IPAddress> Meanings(IPAddress address)
    {
        if (address.AddressFamily is not AddressFamily.InterNetworkV6)
        {
            return [address];
        }
        var bytes = address.GetAddressBytes();
        var embedded = s_embedded.Where(form => form.Within.Contains(address))
            .Select(form => new IPAddress([.. form.Bytes.Select(at => (byte)(bytes[at] ^ form.Mask))]));
        var isatap = s_isatap.Where(before => bytes.AsSpan(8, 4).SequenceEqual(before))
            .Select(_ => new IPAddress(bytes.AsSpan(12, 4)));
        // "::1" has the form of an IPv4-compatible address, but is the loopback of IPv6.
        return address.Equals(IPAddress.IPv6Loopback) ? [address] : [address, .. embedded, .. isatap];
    }
}
