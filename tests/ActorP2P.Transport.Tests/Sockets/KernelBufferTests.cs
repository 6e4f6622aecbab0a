using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport.Tests;

[Collection(SocketCollection.Name)]
public sealed class KernelBufferTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _dialled = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _accepted;

    public KernelBufferTests()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _dialled.Connect(_listener.LocalEndPoint!);
        _accepted = _listener.Accept();
    }

    // The kernel doubles the requested size to have room for its own bookkeeping, and it has a limit of its own.
    [Fact]
    public void To_a_near_peer_the_kernel_buffers_256_KiB()
    {
        Bound(_dialled, TimeSpan.FromMilliseconds(2), new SocketTransportSettings());
        _accepted.SendBufferSize = 256 * 1024;
        Assert.Equal(_accepted.SendBufferSize, _dialled.SendBufferSize);
        Assert.InRange(_dialled.SendBufferSize, 128 * 1024, 512 * 1024);
        Assert.NotEqual(32 * 1024, Unsent(_dialled));
    }

    [Fact]
    public void The_kernels_round_trip_counts_on_a_busy_machine()
    {
        int before = _dialled.SendBufferSize;
        Bound(_dialled, TimeSpan.FromSeconds(1),
            new SocketTransportSettings { NearRoundTrip = TimeSpan.FromMilliseconds(500) });
        Assert.Equal(OperatingSystem.IsLinux(), before != _dialled.SendBufferSize);
    }

    [Fact]
    public void To_a_far_peer_the_kernel_holds_32_KiB_unsent()
    {
        int before = _accepted.SendBufferSize;
        Bound(_accepted, TimeSpan.FromMilliseconds(50),
            new SocketTransportSettings { NearRoundTrip = TimeSpan.FromTicks(-1) });
        Assert.Equal(before, _accepted.SendBufferSize);
        Assert.Equal(OperatingSystem.IsLinux() ? 32 * 1024 : null, Unsent(_accepted));
    }

    [Fact]
    public void A_setting_of_null_leaves_the_choice_to_the_kernel()
    {
        int before = _dialled.SendBufferSize;
        int? unsent = Unsent(_dialled);
        Bound(_dialled, TimeSpan.Zero, new SocketTransportSettings { SendBufferBytes = null, UnsentBytes = null });
        Bound(_dialled, TimeSpan.FromSeconds(1),
            new SocketTransportSettings { SendBufferBytes = null, UnsentBytes = null,
                NearRoundTrip = TimeSpan.FromTicks(-1) });
        Assert.Equal(before, _dialled.SendBufferSize);
        Assert.Equal(unsent, Unsent(_dialled));
    }

    [Fact]
    public void A_connection_that_is_gone_is_no_error()
    {
        using SocketConnection connection = new(_dialled, new SocketTransportSettings());
        connection.Abort();
        connection.BoundSending(TimeSpan.Zero);
        Assert.Null(connection.BytesAcknowledged);
    }

    [Fact]
    public void Acknowledged_bytes_are_known_before_a_send_has_ended()
    {
        SocketConnection connection = new(_dialled, new SocketTransportSettings());
        connection.Start(new IgnoringSink());
        connection.BoundSending(TimeSpan.Zero);
        Assert.True(connection.Send([new byte[8 << 20]]).IsPending);
        if (connection.BytesAcknowledged is not { } before)
        {
            Assert.False(OperatingSystem.IsLinux());
            return;
        }

        byte[] buffer = new byte[1 << 20];
        for (int read = 0; read < buffer.Length;)
        {
            read += _accepted.Receive(buffer);
        }

        Assert.True(SpinWait.SpinUntil(() => connection.BytesAcknowledged > before, TimeSpan.FromSeconds(30)));
        Assert.InRange(connection.BytesAcknowledged!.Value, 1, 8 << 20);
        connection.Abort();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _dialled.Dispose();
        _accepted.Dispose();
    }

    private static void Bound(Socket socket, TimeSpan roundTrip, SocketTransportSettings settings)
    {
        // This is not disposed, because the socket belongs to the test.
        SocketConnection connection = new(socket, settings);
        connection.BoundSending(roundTrip);
    }

    private static int? Unsent(Socket socket)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        byte[] value = new byte[sizeof(int)];
        socket.GetRawSocketOption(6, 25, value);
        return BitConverter.ToInt32(value);
    }
}
