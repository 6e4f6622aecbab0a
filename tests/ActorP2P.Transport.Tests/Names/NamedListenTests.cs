using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>A name stands for all its addresses: listeners.</summary>
[Collection(SocketCollection.Name)]
public class NamedListenTests
{
    // Of the block for documentation (RFC 5737): no machine has it.
    private const string Elsewhere = "192.0.2.1";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task All_addresses_of_a_name_are_bound_at_one_port(int given)
    {
        int port = given == 0 ? 0 : FreePort();
        var sink = new CountingAcceptSink();
        using IListener listener = Listen(FakeResolver.Of("127.0.0.1", "127.0.0.2", Elsewhere), port, sink);
        Assert.Equal(["127.0.0.1", "127.0.0.2"], listener.LocalAddresses.Select(address => address.Host));
        Assert.Single(listener.LocalAddresses.Select(address => address.Port).Distinct());
        Assert.Equal(listener.LocalAddresses[0], listener.LocalAddress);
        foreach (PeerAddress address in listener.LocalAddresses)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port).WaitAsync(SocketPair.Guard);
        }

        await sink.Reached(2).WaitAsync(SocketPair.Guard);
    }

    [Fact]
    public void A_mapped_address_is_bound_as_IPv4()
    {
        var transport = new SocketTransport(new SocketTransportSettings(), TimeProvider.System);
        using IListener listener = transport.Listen(PeerAddress.Parse("[::ffff:127.0.0.1]:0"), new CountingAcceptSink());
        Assert.Equal("127.0.0.1", listener.LocalAddress.Host);
    }

    [Fact]
    public void A_name_of_which_this_machine_has_no_address_fails_typed() =>
        Assert.Throws<TransportException>(() => Listen(FakeResolver.Of(Elsewhere), 0, new CountingAcceptSink()));

    [Fact]
    public void Where_one_address_is_in_use_none_stays_bound()
    {
        var transport = new SocketTransport(new SocketTransportSettings(), TimeProvider.System);
        using IListener taken = transport.Listen(new PeerAddress("127.0.0.2", 0), new CountingAcceptSink());
        int port = taken.LocalAddress.Port;
        TransportException failure = Assert.Throws<TransportException>(
            () => Listen(FakeResolver.Of("127.0.0.1", "127.0.0.2"), port, new CountingAcceptSink()));
        Assert.Equal(TransportFault.AddressInUse, failure.Error.Fault);
        transport.Listen(new PeerAddress("127.0.0.1", port), new CountingAcceptSink()).Dispose();
    }

    [Fact]
    public async Task A_resolver_that_never_answers_is_not_waited_for()
    {
        var time = new HeldTime();
        Task<TransportException> listening = Task.Run(() => Assert.Throws<TransportException>(
            () => Listen(FakeResolver.Silent(), 0, new CountingAcceptSink(), time)));
        await time.FireAsync(new SocketTransportSettings().ResolveTimeout);
        Assert.Equal(TransportFault.NameNotResolved, (await listening.WaitAsync(SocketPair.Guard)).Error.Fault);
    }

    [Fact]
    public void A_resolver_that_throws_is_a_listen_that_failed()
    {
        FakeResolver broken = new(() => throw new InvalidOperationException("a bug"));
        TransportException failure =
            Assert.Throws<TransportException>(() => Listen(broken, 0, new CountingAcceptSink()));
        Assert.Equal(TransportFault.Other, failure.Error.Fault);
    }

    [Fact]
    public void Settings_that_no_socket_or_timer_takes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { AcceptRetryDelay = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { AttemptDelay = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SocketTransportSettings { ResolveTimeout = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { Backlog = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { UnsentBytes = 0 });
        Assert.Throws<ArgumentNullException>(() => new SocketTransportSettings { Resolver = null! });
    }

    private static IListener Listen(INameResolver resolver, int port, IAcceptSink sink, TimeProvider? time = null) =>
        new SocketTransport(new SocketTransportSettings { Resolver = resolver }, time ?? TimeProvider.System)
            .Listen(new PeerAddress("name", port), sink);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
