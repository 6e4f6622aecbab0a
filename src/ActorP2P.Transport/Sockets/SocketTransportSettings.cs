using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>How sockets are configured.</summary>
public sealed record SocketTransportSettings
{
    /// <summary>
    /// The smallest <see cref="SendBufferBytes"/>. At 32 KiB throughput over loopback fell to 2 MB/s; at 64 KiB nothing
    /// was lost (measured, .NET 10 on Linux 6).
    /// </summary>
    public const int MinSendBufferBytes = 64 * 1024;

    /// <summary>
    /// The kernel's send buffer (SO_SNDBUF) of a connection whose round trip is at most <see cref="NearRoundTrip"/>, in
    /// bytes. With null the kernel chooses, and takes megabytes that nothing can overtake. With the default, 256 KiB,
    /// urgent frames wait half a millisecond longer than with 64 KiB, and bulk transfers cost a fifth less processor
    /// time (measured over loopback). It limits the bandwidth to 256 KiB per round trip.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is less than <see cref="MinSendBufferBytes"/>.
    /// </exception>
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
    /// The longest round trip for which <see cref="SendBufferBytes"/> applies. For a longer one the kernel chooses the
    /// size of the buffer, and <see cref="UnsentBytes"/> limits the part of it that has not been sent. With the
    /// default, 2 ms, 256 KiB per round trip are 128 MB/s.
    /// </summary>
    public TimeSpan NearRoundTrip { get; init; } = TimeSpan.FromMilliseconds(2);

    /// <summary>
    /// The bytes that the kernel may hold unsent (TCP_NOTSENT_LOWAT) for a connection with a longer round trip; the
    /// default is 32 KiB. With null, and on systems other than Linux, the kernel chooses.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? UnsentBytes
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(UnsentBytes), value, $"{nameof(UnsentBytes)} is {value}; allowed: 1 or more, or null.");
    } = 32 * 1024;

    /// <summary>
    /// The connections that the kernel completes before they are accepted. The default is Kestrel's, 512; the system
    /// may reduce it (net.core.somaxconn).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Backlog
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(
            nameof(Backlog), value, $"{nameof(Backlog)} is {value}; allowed: 1 or more.");
    } = 512;

    /// <summary>
    /// The pause after an accept that failed for lack of a resource, such as file descriptors. The default, 100 ms, is
    /// short for a peer that waits in the backlog, and long enough for a loop that keeps failing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not more than zero, or exceeds <see cref="WaitTime.Longest"/>.
    /// </exception>
    public TimeSpan AcceptRetryDelay
    {
        get;
        init => field = Allowed(value, nameof(AcceptRetryDelay));
    } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The pause between the attempts at two addresses of a name, while the first one has not answered. The default,
    /// 250 ms, is RFC 8305's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not more than zero, or exceeds <see cref="WaitTime.Longest"/>.
    /// </exception>
    public TimeSpan AttemptDelay
    {
        get;
        init => field = Allowed(value, nameof(AttemptDelay));
    } = TimeSpan.FromMilliseconds(250);

    /// <summary>Looks up names; the default is the operating system.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public INameResolver Resolver
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(Resolver));
    } = SystemNameResolver.Instance;

    /// <summary>
    /// How long listening on a name waits for its addresses. The default, 5 s, is the time after which common resolvers
    /// repeat a query. For a dial, its own timeout includes the lookup.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not more than zero, or exceeds <see cref="WaitTime.Longest"/>.
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
