using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

[Collection(SocketCollection.Name)]
public class SocketTransportTests
{
    private static readonly PeerAddress Loopback = new("127.0.0.1", 0);

    private readonly ConnectionSinks _sinks = new();

    private static SocketTransport Transport => SocketPair.Transport;

    [Fact]
    public void Listening_on_a_used_port_says_so()
    {
        using IListener first = Transport.Listen(Loopback, _sinks);
        TransportException exception = Assert.Throws<TransportException>(() => Transport.Listen(first.LocalAddress, _sinks));
        Assert.Equal(TransportFault.AddressInUse, exception.Error.Fault);
    }

    [Fact]
    public async Task A_port_can_be_bound_again_at_once_though_it_had_connections()
    {
        int port = 0;
        for (int round = 0; round < 3; round++)
        {
            var sinks = new ConnectionSinks();
            using IListener listener = Transport.Listen(new PeerAddress("127.0.0.1", port), sinks);
            port = listener.LocalAddress.Port;
            Transport.Dial(listener.LocalAddress, SocketPair.Guard, sinks);
            IConnection accepted = await sinks.Accepted.WaitAsync(SocketPair.Guard);
            IConnection dialled = await sinks.Dialled.WaitAsync(SocketPair.Guard);

            // The listening side closes first, which leaves its port in TIME_WAIT.
            accepted.Dispose();
            dialled.Dispose();
        }
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "localhost")]
    [InlineData("::1", "::1")]
    [InlineData("::", "127.0.0.1")]
    [InlineData("localhost", "localhost")]
    public async Task What_listens_on_an_address_is_reached_by_it(string listens, string dials)
    {
        if (listens.Contains(':', StringComparison.Ordinal) && !Socket.OSSupportsIPv6)
        {
            return;
        }

        using IListener listener = Transport.Listen(new PeerAddress(listens, 0), _sinks);
        Transport.Dial(new PeerAddress(dials, listener.LocalAddress.Port), SocketPair.Guard, _sinks);
        using IConnection dialled = await _sinks.Dialled.WaitAsync(SocketPair.Guard);
        using IConnection accepted = await _sinks.Accepted.WaitAsync(SocketPair.Guard);
        Assert.Equal(dialled.LocalAddress, accepted.RemoteAddress);
        Assert.Equal(dialled.RemoteAddress, accepted.LocalAddress);
    }

    [Fact]
    public async Task A_dial_to_where_nobody_listens_is_refused()
    {
        PeerAddress address;
        using (IListener listener = Transport.Listen(Loopback, _sinks))
        {
            address = listener.LocalAddress;
        }

        Transport.Dial(address, SocketPair.Guard, _sinks);
        Assert.Equal(TransportFault.Refused, (await _sinks.DialFailed.WaitAsync(SocketPair.Guard)).Fault);
    }

    [Fact]
    public async Task A_name_without_an_address_is_not_resolved()
    {
        // The name can never exist (RFC 2606). Without a name server in reach, the lookup may also take its time.
        Transport.Dial(new PeerAddress("nobody.invalid", 1), TimeSpan.FromSeconds(5), _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(SocketPair.Guard);
        Assert.Contains(error.Fault, new[] { TransportFault.NameNotResolved, TransportFault.TimedOut });
    }

    [Fact]
    public async Task A_dial_that_nobody_answers_times_out()
    {
        using var silent = new SilentPort();
        Transport.Dial(silent.Address, TimeSpan.FromMilliseconds(50), _sinks);
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed.WaitAsync(SocketPair.Guard)).Fault);
    }

    [Fact]
    public async Task An_abandoned_dial_ends_as_aborted_and_once()
    {
        using var silent = new SilentPort();
        IDisposable dial = Transport.Dial(silent.Address, SocketPair.Guard, _sinks);
        dial.Dispose();
        Assert.Equal(TransportFault.Aborted, (await _sinks.DialFailed.WaitAsync(SocketPair.Guard)).Fault);
        dial.Dispose();
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Fact]
    public void A_send_buffer_below_the_least_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketTransportSettings { SendBufferBytes = 32 * 1024 });

    [Fact]
    public async Task A_listener_outlives_two_hundred_peers_that_connect_and_reset()
    {
        var sink = new CountingAcceptSink();
        using IListener listener = Transport.Listen(Loopback, sink);
        var endPoint = new IPEndPoint(IPAddress.Loopback, listener.LocalAddress.Port);
        for (int i = 0; i < 200; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(endPoint).WaitAsync(SocketPair.Guard);
            socket.Close(timeout: 0);
        }

        await sink.Reached(200).WaitAsync(SocketPair.Guard);
        using var last = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await last.ConnectAsync(endPoint).WaitAsync(SocketPair.Guard);
        await sink.Reached(201).WaitAsync(SocketPair.Guard);
        Assert.All(sink.Errors, error => Assert.Equal(TransportFault.Reset, error.Fault));
    }

    [Fact]
    public async Task Peers_that_connect_while_the_listener_starts_are_all_accepted()
    {
        for (int round = 0; round < 50; round++)
        {
            var sink = new CountingAcceptSink();
            using IListener listener = Transport.Listen(Loopback, sink);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, listener.LocalAddress.Port);
            await sink.Reached(1).WaitAsync(SocketPair.Guard);
        }
    }
}
