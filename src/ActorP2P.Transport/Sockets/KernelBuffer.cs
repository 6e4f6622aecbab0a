using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>How much the kernel buffers toward a peer. What it has taken nothing can overtake, so lanes mean something only
/// where this is little; but less than a round trip's worth would hold the link back.</summary>
internal static class KernelBuffer
{
    // Linux's numbers (netinet/tcp.h, linux/tcp.h); .NET has no names for them.
    private const int LevelTcp = 6;
    private const int OptionInfo = 11;
    private const int OptionUnsentBytes = 25;

    // struct tcp_info has grown to as much, and may grow on.
    private const int InfoBytes = 256;

    // tcpi_bytes_acked in struct tcp_info; there since Linux 4.1.
    private const int AcknowledgedOffset = 120;

    // tcpi_min_rtt in struct tcp_info, in microseconds; there since Linux 4.6.
    private const int LeastRoundTripOffset = 148;

    /// <summary>Bounds the buffer of a connection.</summary>
    /// <param name="socket">A connected socket.</param>
    /// <param name="measured">The round trip as measured from outside.</param>
    /// <param name="settings">The bounds.</param>
    /// <exception cref="SocketException">The connection is gone.</exception>
    public static void Bound(Socket socket, TimeSpan measured, SocketTransportSettings settings)
    {
        TimeSpan roundTrip = Least(socket, measured);
        if (roundTrip <= settings.NearRoundTrip)
        {
            if (settings.SendBufferBytes is { } bytes)
            {
                socket.SendBufferSize = bytes;
            }
        }
        else if (settings.UnsentBytes is { } unsent && OperatingSystem.IsLinux())
        {
            Span<byte> value = stackalloc byte[sizeof(int)];
            BitConverter.TryWriteBytes(value, unsent);
            socket.SetRawSocketOption(LevelTcp, OptionUnsentBytes, value);
        }
    }

    /// <summary>Bytes that the other side has acknowledged; null where the kernel does not tell.</summary>
    /// <exception cref="SocketException">The connection is gone.</exception>
    public static long? Acknowledged(Socket socket)
    {
        Span<byte> info = stackalloc byte[InfoBytes];
        return OperatingSystem.IsLinux()
            && socket.GetRawSocketOption(LevelTcp, OptionInfo, info) >= AcknowledgedOffset + sizeof(long)
            ? BitConverter.ToInt64(info[AcknowledgedOffset..])
            : null;
    }

    // The kernel's own measure knows nothing of threads that wait for their turn, which on a busy machine is most of
    // the other.
    private static TimeSpan Least(Socket socket, TimeSpan measured)
    {
        if (!OperatingSystem.IsLinux())
        {
            return measured;
        }

        Span<byte> info = stackalloc byte[InfoBytes];
        int length = socket.GetRawSocketOption(LevelTcp, OptionInfo, info);
        if (length < LeastRoundTripOffset + sizeof(uint))
        {
            return measured;
        }

        uint microseconds = BitConverter.ToUInt32(info[LeastRoundTripOffset..]);
        TimeSpan least = TimeSpan.FromMicroseconds((long)microseconds);
        return least < measured ? least : measured;
    }
}
