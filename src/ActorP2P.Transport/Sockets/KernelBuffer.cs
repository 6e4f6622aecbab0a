using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>
/// Limits how much the kernel buffers for a peer. Nothing can overtake bytes in this buffer, so lanes are effective
/// only if it is small. If it held less than a round trip can carry, it would limit the throughput.
/// </summary>
internal static class KernelBuffer
{
    // Linux's numbers (netinet/tcp.h, linux/tcp.h), which .NET does not name.
    private const int LevelTcp = 6;
    private const int OptionInfo = 11;
    private const int OptionUnsentBytes = 25;

    // As long as struct tcp_info is today; later kernels may append to it.
    private const int InfoBytes = 256;

    // The offset of tcpi_bytes_acked in struct tcp_info, available since Linux 4.1.
    private const int AcknowledgedOffset = 120;

    // The offset of tcpi_min_rtt in struct tcp_info, in microseconds, available since Linux 4.6.
    private const int LeastRoundTripOffset = 148;

    /// <summary>Limits the buffer of a connection.</summary>
    /// <param name="socket">A connected socket.</param>
    /// <param name="measured">The round trip as the owner measured it.</param>
    /// <param name="settings">The bounds.</param>
    /// <exception cref="SocketException">The connection has ended.</exception>
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

    /// <summary>Bytes that the other side has acknowledged; null if the kernel does not report them.</summary>
    /// <exception cref="SocketException">The connection has ended.</exception>
    public static long? Acknowledged(Socket socket)
    {
        Span<byte> info = stackalloc byte[InfoBytes];
        return OperatingSystem.IsLinux()
            && socket.GetRawSocketOption(LevelTcp, OptionInfo, info) >= AcknowledgedOffset + sizeof(long)
            ? BitConverter.ToInt64(info[AcknowledgedOffset..])
            : null;
    }

    // The kernel's own measurement does not include the time that threads wait for their turn. On a busy machine that
    // is most of the owner's measurement.
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
