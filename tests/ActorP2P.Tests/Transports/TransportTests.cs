using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>The promises of <see cref="ITransport"/>, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class TransportTests : TransportTest
{
    private static readonly PeerAddress Loopback = new("127.0.0.1", 0);

    private readonly ConnectionSinks _sinks = new();

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Listening_on_a_used_port_fails_as_in_use(TransportKind kind)
    {
        ConnectionSinks second = new();
        using IDisposable first = Create(kind).Listen(Loopback, _sinks);
        Create(kind).Listen(await _sinks.Listening.WaitAsync(Waits.Guard), second);
        TransportException exception = await Assert.ThrowsAsync<TransportException>(
            () => second.Listening.WaitAsync(Waits.Guard));
        Assert.Equal(TransportFault.AddressInUse, exception.Error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_port_can_be_bound_again_at_once_though_it_had_connections(TransportKind kind)
    {
        ITransport transport = Create(kind);
        int port = 0;
        for (int round = 0; round < 3; round++)
        {
            var sinks = new ConnectionSinks();
            using IDisposable listener = transport.Listen(new PeerAddress("127.0.0.1", port), sinks);
            PeerAddress address = await sinks.Listening.WaitAsync(Waits.Guard);
            port = address.Port;
            transport.Dial(address, Waits.Guard, sinks);
            IConnection accepted = await sinks.Accepted.WaitAsync(Waits.Guard);
            IConnection dialled = await sinks.Dialled.WaitAsync(Waits.Guard);

            // The listening side closes first, which leaves its port in TIME_WAIT.
            accepted.Dispose();
            dialled.Dispose();
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_listener_that_is_disposed_touches_no_connection(TransportKind kind)
    {
        using TransportPair pair = await ConnectAsync(kind);
        pair.EndListening();
        await EchoRun.AssertEchoesAsync(pair.Dialled, pair.Accepted, 100);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_port_can_be_listened_on_again_with_open_connections(TransportKind kind)
    {
        ITransport transport = Create(kind);
        using IDisposable first = transport.Listen(Loopback, _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        transport.Dial(address, Waits.Guard, _sinks);
        using IConnection dialled = await _sinks.Dialled.WaitAsync(Waits.Guard);
        using IConnection accepted = await _sinks.Accepted.WaitAsync(Waits.Guard);
        first.Dispose();

        ConnectionSinks again = new();
        using IDisposable second = transport.Listen(address, again);
        await again.Listening.WaitAsync(Waits.Guard);
        transport.Dial(address, Waits.Guard, again);
        using IConnection other = await again.Accepted.WaitAsync(Waits.Guard);
        await EchoRun.AssertEchoesAsync(dialled, accepted, 100);
        (await again.Dialled.WaitAsync(Waits.Guard)).Dispose();
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "localhost")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    public async Task A_listener_is_reached_at_its_address(string listens, string dials)
    {
        if (listens.Contains(':', StringComparison.Ordinal) && !Socket.OSSupportsIPv6)
        {
            return;
        }

        foreach ((TransportKind a, TransportKind b) in new[] {
            (TransportKind.Sockets, TransportKind.Sockets), (TransportKind.AkkaIo, TransportKind.AkkaIo),
            (TransportKind.Sockets, TransportKind.AkkaIo), (TransportKind.AkkaIo, TransportKind.Sockets) })
        {
            await ReachAsync(Create(a), listens, Create(b), dials);
        }
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_dial_to_a_port_without_a_listener_is_refused(TransportKind kind)
    {
        Create(kind).Dial(await FreedAddressAsync(), Waits.Guard, _sinks);
        Assert.Equal(TransportFault.Refused, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_name_without_an_address_is_not_resolved(TransportKind kind)
    {
        // The name cannot exist (RFC 2606). Without a reachable name server the lookup may also time out.
        Create(kind).Dial(new PeerAddress("nobody.invalid", 1), TimeSpan.FromSeconds(5), _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(Waits.Guard);
        Assert.Contains(error.Fault, new[] { TransportFault.NameNotResolved, TransportFault.TimedOut });
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_dial_that_nobody_answers_times_out(TransportKind kind)
    {
        using var silent = new SilentPort();
        Create(kind).Dial(silent.Address, TimeSpan.FromMilliseconds(50), _sinks);
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_abandoned_dial_ends_as_aborted_and_once(TransportKind kind)
    {
        using var silent = new SilentPort();
        IDisposable dial = Create(kind).Dial(silent.Address, Waits.Guard, _sinks);
        dial.Dispose();
        Assert.Equal(TransportFault.Aborted, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);
        dial.Dispose();
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Fact]
    public void A_send_buffer_below_the_least_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { SendBufferBytes = 32 * 1024 });

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_listener_outlives_two_hundred_peers_that_connect_and_reset(TransportKind kind)
    {
        var sink = new CountingAcceptSink();
        using IDisposable listener = Create(kind).Listen(Loopback, sink);
        var endPoint = new IPEndPoint(IPAddress.Loopback, (await sink.Listening.WaitAsync(Waits.Guard))[0].Port);
        for (int i = 0; i < 200; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint).WaitAsync(Waits.Guard);
            socket.Close(timeout: 0);
        }

        await sink.Reached(200).WaitAsync(Waits.Guard);
        using var last = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await last.ConnectAsync(endPoint).WaitAsync(Waits.Guard);
        await sink.Reached(201).WaitAsync(Waits.Guard);
        Assert.All(sink.Errors, error => Assert.Equal(TransportFault.Reset, error.Fault));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task Peers_that_connect_during_the_bind_are_all_accepted(TransportKind kind)
    {
        ITransport transport = Create(kind);
        for (int round = 0; round < 50; round++)
        {
            var sink = new CountingAcceptSink();
            using IDisposable listener = transport.Listen(Loopback, sink);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, (await sink.Listening.WaitAsync(Waits.Guard))[0].Port);
            await sink.Reached(1).WaitAsync(Waits.Guard);
        }
    }

    private static async Task ReachAsync(ITransport listening, string listens, ITransport dialling, string dials)
    {
        ConnectionSinks sinks = new();
        using IDisposable listener = listening.Listen(new PeerAddress(listens, 0), sinks);
        PeerAddress address = await sinks.Listening.WaitAsync(Waits.Guard);
        dialling.Dial(new PeerAddress(dials, address.Port), Waits.Guard, sinks);
        using IConnection dialled = await sinks.Dialled.WaitAsync(Waits.Guard);
        using IConnection accepted = await sinks.Accepted.WaitAsync(Waits.Guard);
        Assert.Equal(dialled.LocalAddress, accepted.RemoteAddress);
        Assert.Equal(dialled.RemoteAddress, accepted.LocalAddress);
    }

    /// <summary>An address at which a listener was and is no more.</summary>
    private static async Task<PeerAddress> FreedAddressAsync()
    {
        ConnectionSinks sinks = new();
        using IDisposable listener = new SocketTransport(new SocketTransportSettings(),
            TimeProvider.System).Listen(Loopback, sinks);
        return await sinks.Listening.WaitAsync(Waits.Guard);
    }
}
