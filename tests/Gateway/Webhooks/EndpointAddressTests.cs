using System.Net;
using OsstOrleans.Gateway.Webhooks;

namespace OsstOrleans.Gateway.Tests.Webhooks;

/// <summary>Which addresses events are sent to, in every form that an address has.</summary>
public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001:0:5db8:d822:0:0:80ff:fffe")]
    [InlineData("2001:db8::5efe:127.0.0.1")]
    [InlineData("2001:db8::200:5efe:127.0.0.1")]
    public void The_machine_itself_is_an_endpoint_in_development_alone(string address)
    {
        Assert.False(EndpointAddress.IsAllowed(IPAddress.Parse(address), isProduction: true));
        Assert.True(EndpointAddress.IsAllowed(IPAddress.Parse(address), isProduction: false));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("febf::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fd20:ce::254")]
    [InlineData("fd00:c1::a9fe:a9fe")]
    [InlineData("fd00:42::42")]
    [InlineData("fd00:a9fe:a9fe::1")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("192.0.0.192")]
    [InlineData("::ffff:100.100.100.200")]
    [InlineData("64:ff9b::168.63.129.16")]
    [InlineData("::169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:169.254.169.254")]
    [InlineData("64:ff9b::169.254.169.254")]
    [InlineData("64:ff9b::224.0.0.1")]
    [InlineData("64:ff9b:1::169.254.169.254")]
    [InlineData("64:ff9b:1:a9fe:a9:fe00::")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("2001:0:a9fe:a9fe::1")]
    [InlineData("2001:0:5db8:d822:0:0:5601:5601")]
    [InlineData("2001:db8::5efe:169.254.169.254")]
    [InlineData("::ffff:0.0.0.0")]
    public void Links_groups_and_clouds_own_services_are_none_anywhere(string address)
    {
        Assert.False(EndpointAddress.IsAllowed(IPAddress.Parse(address), isProduction: true));
        Assert.False(EndpointAddress.IsAllowed(IPAddress.Parse(address), isProduction: false));
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.16.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("::ffff:10.1.2.3")]
    [InlineData("64:ff9b::5db8:d822")]
    [InlineData("2002:5db8:d822::1")]
    [InlineData("2001:0:5db8:d822:0:0:a247:27dd")]
    [InlineData("2001:db8::7f00:1")]
    [InlineData("2a00:1450:400f::64")]
    [InlineData("fd12:3456:789a::1")]
    public void Others_and_private_networks_are_endpoints(string address) =>
        Assert.True(EndpointAddress.IsAllowed(IPAddress.Parse(address), isProduction: true));
}
