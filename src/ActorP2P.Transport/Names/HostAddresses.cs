using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Transport;

/// <summary>All addresses of a host, in the order in which they are dialled.</summary>
internal static class HostAddresses
{
    /// <summary>
    /// The most addresses that are used of one name: more than the name of any service has, and a bound on the cost of
    /// an answer.
    /// </summary>
    private const int MaxAddresses = 32;

    /// <summary>Looks up a host. An IP address stands for itself.</summary>
    /// <param name="resolver">Looks up names.</param>
    /// <param name="host">A name or an IP address.</param>
    /// <param name="cancellationToken">Ends the wait, even if the resolver ignores the token.</param>
    /// <returns>At least one address.</returns>
    /// <exception cref="SocketException">The name has no address.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<IPAddress[]> FindAsync(
        INameResolver resolver, string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out IPAddress? literal))
        {
            return [Plain(literal)];
        }

        IReadOnlyList<IPAddress> answer =
            await resolver.ResolveAsync(host, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        IPAddress[] found = Interleave([.. answer.Select(Plain).Distinct()]);
        return found.Length > 0 ? found[..Math.Min(found.Length, MaxAddresses)]
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>
    /// Alternates between the two address families, beginning with the preferred one (RFC 8305, section 4). A family
    /// without a route then costs one attempt, not an attempt for each of its addresses.
    /// </summary>
    private static IPAddress[] Interleave(IPAddress[] addresses)
    {
        if (addresses.Length == 0)
        {
            return [];
        }

        AddressFamily preferred = addresses[0].AddressFamily;
        IPAddress[] first = Array.FindAll(addresses, address => address.AddressFamily == preferred);
        IPAddress[] second = Array.FindAll(addresses, address => address.AddressFamily != preferred);
        return
        [
            .. Enumerable.Range(0, Math.Max(first.Length, second.Length))
                .SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1))),
        ];
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
