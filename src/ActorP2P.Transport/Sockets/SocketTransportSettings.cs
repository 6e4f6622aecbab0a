using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>How sockets are set up.</summary>
public sealed record SocketTransportSettings
{
    /// <summary>
    /// The least <see cref="SendBufferBytes"/>: at 32 KiB throughput on loopback fell to 2 MB/s, at 64 KiB it lost
    /// nothing (measured, .NET 10 on Linux 6).
    /// </summary>
    public const int MinSendBufferBytes = 64 * 1024;

    /// <summary>
    /// The kernel's send buffer (SO_SNDBUF) of a connection whose round trip is at most <see cref="NearRoundTrip"/>, in
    /// bytes; null leaves it to the kernel, which takes megabytes that nothing can overtake. With the default, 256 KiB,
    /// urgent frames wait half a millisecond longer than with 64 KiB, and bulk costs a fifth less processor time
    /// (measured over loopback). It limits bandwidth to 256 KiB per round trip.
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
    } = 256 * 1024;

    /// <summary>
    /// Up to this round trip <see cref="SendBufferBytes"/> bounds what the kernel buffers; beyond it the kernel sizes
    /// the buffer by itself, and <see cref="UnsentBytes"/> bounds what of it has not been sent. 2 ms: 256 KiB of it are
    /// 128 MB/s.
    /// </summary>
    public TimeSpan NearRoundTrip { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// What the kernel may hold unsent (TCP_NOTSENT_LOWAT) of a connection with a longer round trip, in bytes: 32 KiB;
    /// null leaves it to the kernel, as do systems other than Linux.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int? UnsentBytes
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(UnsentBytes), value, $"{nameof(UnsentBytes)} is {value}; allowed: 1 or more, or null.");
    } = 32 * 1024;

    /// <summary>
    /// Connections that the kernel completes before they are accepted. The default is Kestrel's, 512; the system may
    /// cut it (net.core.somaxconn).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Backlog
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(Backlog), value, $"{nameof(Backlog)} is {value}; allowed: 1 or more.");
    } = 512;

    /// <summary>
    /// The pause after an accept that failed for lack of something, such as file descriptors: 100 ms, short for a peer
    /// that waits in the backlog, long for a loop that fails.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Not more than zero, or beyond <see cref="WaitTime.Longest"/>.
    /// </exception>
    public TimeSpan AcceptRetryDelay
    {
        get;
        init => field = Allowed(value, nameof(AcceptRetryDelay));
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The pause between the attempts at two addresses of a name, when the first of them has not answered: RFC 8305's
    /// value, 250 ms.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Not more than zero, or beyond <see cref="WaitTime.Longest"/>.
    /// </exception>
    public TimeSpan AttemptDelay
    {
        get;
        init => field = Allowed(value, nameof(AttemptDelay));
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>Who knows the addresses of names: the operating system, unless another is given.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public INameResolver Resolver
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Resolver));
    } = SystemNameResolver.Instance;

    /// <summary>
    /// How long listening on a name waits for its addresses: 5 s, the time after which the usual resolvers ask again. A
    /// dial's own time covers its lookup.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// Not more than zero, or beyond <see cref="WaitTime.Longest"/>.
    /// </exception>
    public TimeSpan ResolveTimeout
    {
        get;
        init => field = Allowed(value, nameof(ResolveTimeout));
    } = TimeSpan.FromSeconds(5);

    private static TimeSpan Allowed(TimeSpan value, string name)
    {
        WaitTime.Require(value, name);
        return value;
    }
}
