using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport.Tests;

public class HostAddressesTests
{
    [Fact]
    public async Task The_families_take_turns_and_doubles_are_left_out()
    {
        FakeResolver resolver = FakeResolver.Of(
            "::1", "::2", "::2", "::ffff:127.0.0.1", "127.0.0.1", "127.0.0.2", "127.0.0.3");
        IPAddress[] found = await HostAddresses.FindAsync(resolver, "name", CancellationToken.None);
        Assert.Equal(
            ["::1", "127.0.0.1", "::2", "127.0.0.2", "127.0.0.3"], found.Select(address => address.ToString()));
    }

    [Fact]
    public async Task An_IP_address_is_not_asked_for()
    {
        FakeResolver resolver = FakeResolver.Silent();
        Assert.Equal(
            [IPAddress.Loopback], await HostAddresses.FindAsync(resolver, "::ffff:127.0.0.1", CancellationToken.None));
        Assert.Equal(0, resolver.Asked);
    }

    [Fact]
    public async Task A_name_without_addresses_is_not_found()
    {
        SocketException failure = await Assert.ThrowsAsync<SocketException>(
            () => HostAddresses.FindAsync(FakeResolver.Of(), "name", CancellationToken.None));
        Assert.Equal(SocketError.HostNotFound, failure.SocketErrorCode);
    }

    [Fact]
    public async Task Only_a_few_addresses_of_a_flood_are_accepted()
    {
        FakeResolver resolver = FakeResolver.Of(
            [.. Enumerable.Range(0, 5000).Select(i => $"10.0.{i / 256}.{i % 256}")]);
        Assert.Equal(32, (await HostAddresses.FindAsync(resolver, "name", CancellationToken.None)).Length);
    }
}
