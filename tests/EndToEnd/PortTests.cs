using System.Globalization;
using System.Net;

namespace OsstOrleans.EndToEnd.Tests;

/// <summary>Where a process can be reached.</summary>
public sealed class PortTests
{
    private const string Listens = "0A";

    [Fact]
    public async Task On_one_machine_no_port_can_be_reached_from_another()
    {
        using var folder = new TestFolder();
        await using var server = await RunningServer.StartProcess(folder);
        var own = Directory.GetFiles($"/proc/{server.OwnProcess.Id}/fd")
            .Select(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name ?? "").ToHashSet();
        var addresses = new[] { "tcp", "tcp6" }
            .SelectMany(kind => File.ReadLines($"/proc/{server.OwnProcess.Id}/net/{kind}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listens && own.Contains($"socket:[{fields[9]}]"))
            .Select(fields => AddressOf(fields[1].Split(':')[0])).ToList();
        Assert.Equal(2, addresses.Count); // HTTP, and the silo's port for silos.
        Assert.All(addresses, address => Assert.True(IPAddress.IsLoopback(address), $"{address} is reachable"));
    }

    /// <summary>The kernel writes each word of four bytes as a number of the machine's own order.</summary>
    private static IPAddress AddressOf(string hex) => new([.. Enumerable.Range(0, hex.Length / 8).SelectMany(word =>
        BitConverter.GetBytes(uint.Parse(
            hex.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)))]);
}
