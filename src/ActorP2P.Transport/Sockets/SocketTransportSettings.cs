namespace ActorP2P.Transport;

/// <summary>How sockets are set up.</summary>
public sealed record SocketTransportSettings
{
    /// <summary>
    /// The least <see cref="SendBufferBytes"/>: at 32 KiB throughput on loopback fell to 2 MB/s, at 64 KiB it lost nothing
    /// (measured, .NET 10 on Linux 6).
    /// </summary>
    public const int MinSendBufferBytes = 64 * 1024;

    /// <summary>
    /// The kernel's send buffer per connection (SO_SNDBUF), in bytes; null leaves it to the kernel. The default, 64 KiB, keeps
    /// urgent frames from waiting behind megabytes that the kernel already took: 0.3 ms instead of 3 ms under load. It limits
    /// bandwidth to 64 KiB per round trip, so for links above 2 ms null is better.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than <see cref="MinSendBufferBytes"/>.</exception>
    public int? SendBufferBytes
    {
        get;
        init
        {
            if (value is { } bytes)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinSendBufferBytes, nameof(SendBufferBytes));
            }

            field = value;
        }
    } = MinSendBufferBytes;

    /// <summary>
    /// Connections that the kernel completes before they are accepted. The default is Kestrel's, 512; the system may cut it
    /// (net.core.somaxconn).
    /// </summary>
    public int Backlog { get; init; } = 512;

    /// <summary>
    /// The pause after an accept that failed for lack of something, such as file descriptors: 100 ms, short for a peer that
    /// waits in the backlog, long for a loop that fails.
    /// </summary>
    public TimeSpan AcceptRetryDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
