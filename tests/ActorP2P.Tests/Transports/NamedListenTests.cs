using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>Listeners on a name, which stands for all of its addresses.</summary>
[Collection(SocketsCollection.Name)]
public sealed class NamedListenTests : TransportTest
{
    // An address of the block for documentation (RFC 5737), which no machine has.
    private const string Elsewhere = "192.0.2.1";

    private readonly CountingAcceptSink _sink = new();

    [Theory]
    [InlineData(TransportKind.Sockets, true)]
    [InlineData(TransportKind.Sockets, false)]
    [InlineData(TransportKind.AkkaIo, true)]
    [InlineData(TransportKind.AkkaIo, false)]
    public async Task All_addresses_of_a_name_are_bound_at_one_port(TransportKind kind, bool systemChooses)
    {
        int port = systemChooses ? 0 : FreePort();
        using IDisposable listener = Listen(kind, FakeResolver.Of("127.0.0.1", "127.0.0.2", Elsewhere), port, _sink);
        IReadOnlyList<PeerAddress> addresses = await _sink.Listening.WaitAsync(Waits.Guard);
        Assert.Equal(["127.0.0.1", "127.0.0.2"], addresses.Select(address => address.Host));
        Assert.Single(addresses.Select(address => address.Port).Distinct());
        foreach (PeerAddress address in addresses)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Parse(address.Host), address.Port).WaitAsync(Waits.Guard);
        }

        await _sink.Reached(2).WaitAsync(Waits.Guard);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_mapped_address_is_bound_as_IPv4(TransportKind kind)
    {
        using IDisposable listener = Create(kind).Listen(PeerAddress.Parse("[::ffff:127.0.0.1]:0"), _sink);
        Assert.Equal("127.0.0.1", (await _sink.Listening.WaitAsync(Waits.Guard))[0].Host);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_name_of_which_this_machine_has_no_address_fails_typed(TransportKind kind)
    {
        Listen(kind, FakeResolver.Of(Elsewhere), 0, _sink);
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => _sink.Listening.WaitAsync(Waits.Guard));
        Assert.StartsWith("AddressNotAvailable", failure.Error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Where_one_address_is_in_use_none_stays_bound(TransportKind kind)
    {
        using CancellationTokenSource guard = new(Waits.Guard);
        CountingAcceptSink takes = new();
        using IDisposable taken = Create(kind).Listen(new PeerAddress("127.0.0.2", 0), takes);
        int port = (await takes.Listening.WaitAsync(Waits.Guard))[0].Port;
        Listen(kind, FakeResolver.Of("127.0.0.1", "127.0.0.2"), port, _sink);
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => _sink.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.AddressInUse, failure.Error.Fault);
        while (!await TryListenAsync(port))
        {
            guard.Token.ThrowIfCancellationRequested();

            // Akka.IO answers an Unbind before the system has freed the port.
        }
    }

    private async Task<bool> TryListenAsync(int port)
    {
        CountingAcceptSink again = new();
        using IDisposable listening = Create(TransportKind.Sockets).Listen(new PeerAddress("127.0.0.1", port), again);
        try
        {
            await again.Listening.WaitAsync(Waits.Guard);
            return true;
        }
        catch (TransportException taken) when (taken.Error.Fault == TransportFault.AddressInUse)
        {
            return false;
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_resolver_that_never_answers_is_not_waited_for(TransportKind kind)
    {
        var time = new HeldTime();
        Listen(kind, FakeResolver.Silent(), 0, _sink, time);
        await time.FireAsync(new SocketTransportSettings().ResolveTimeout);
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => _sink.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.NameNotResolved, failure.Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_resolver_that_throws_fails_the_listen(TransportKind kind)
    {
        Listen(kind, new FakeResolver(() => throw new InvalidOperationException("a bug")), 0, _sink);
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => _sink.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.Other, failure.Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_listener_disposed_before_its_answer_fails_as_aborted(TransportKind kind)
    {
        Listen(kind, FakeResolver.Silent(), 0, _sink).Dispose();
        TransportException failure = await Assert.ThrowsAsync<TransportException>(
            () => _sink.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.Aborted, failure.Error.Fault);
    }

    [Fact]
    public void Settings_that_no_socket_or_timer_takes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SocketTransportSettings { AcceptRetryDelay = TimeSpan.MaxValue });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { AttemptDelay = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new SocketTransportSettings { ResolveTimeout = Timeout.InfiniteTimeSpan });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { Backlog = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { UnsentBytes = 0 });
        Assert.Throws<ArgumentNullException>(() => new SocketTransportSettings { Resolver = null! });
    }

    private IDisposable Listen(
        TransportKind kind, INameResolver resolver, int port, CountingAcceptSink sink, TimeProvider? time = null) =>
        Create(kind, new SocketTransportSettings { Resolver = resolver }, time).Listen(
            new PeerAddress("name", port), sink);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
