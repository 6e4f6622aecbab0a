using System.Net;
using ActorP2P.Protocol;
using DnsClient;
using DnsClient.Protocol;

namespace ActorP2P;

/// <summary>Looks names up at the name servers of the system.</summary>
internal sealed class DnsClientSource : IDnsSource
{
    private const string Service = "_actorp2p._tcp.";

    // The names of the servers in SRV records have to be looked up, too.
    private const int MostServers = 8;

    private readonly Lazy<LookupClient> _client;

    /// <param name="servers">The name servers; none: those of the system.</param>
    public DnsClientSource(params IPEndPoint[] servers) => _client = new Lazy<LookupClient>(() =>
        new LookupClient(servers.Length == 0
            ? new LookupClientOptions { ThrowDnsErrors = false }
            : new LookupClientOptions(servers) { ThrowDnsErrors = false, UseCache = false }));

    /// <inheritdoc/>
    public async Task<DnsFindings> FindAsync(PeerAddress name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        Task<List<PeerAddress>> own = AddressesOfAsync(name.Host, name.Port, cancellationToken);
        Task<IDnsQueryResponse> services =
            _client.Value.QueryAsync(Service + name.Host, QueryType.SRV, cancellationToken: cancellationToken);
        Task<IDnsQueryResponse> texts =
            _client.Value.QueryAsync(name.Host, QueryType.TXT, cancellationToken: cancellationToken);
        await Task.WhenAll(own, services, texts);

        List<PeerAddress> addresses = await own;
        foreach (SrvRecord server in (await services).Answers.SrvRecords().OrderBy(static server => server.Priority)
            .Where(static server => server.Port > 0).Take(MostServers))
        {
            string host = server.Target.Value.TrimEnd('.');
            addresses.AddRange(await AddressesOfAsync(host, server.Port, cancellationToken));
        }

        return new DnsFindings
        {
            Addresses = addresses,
            Texts = [.. (await texts).Answers.TxtRecords().Select(static text => string.Concat(text.Text))],
        };
    }

    private async Task<List<PeerAddress>> AddressesOfAsync(
        string host, int port, CancellationToken cancellationToken)
    {
        List<PeerAddress> found = [];
        foreach (QueryType type in (QueryType[])[QueryType.A, QueryType.AAAA])
        {
            IDnsQueryResponse answer = await _client.Value.QueryAsync(host, type, cancellationToken: cancellationToken);
            found.AddRange(answer.Answers.AddressRecords().Select(
                record => PeerAddress.From(new IPEndPoint(record.Address, port))));
        }

        return found;
    }
}
