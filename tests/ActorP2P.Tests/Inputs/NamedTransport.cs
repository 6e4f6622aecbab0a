using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests;

/// <summary>
/// Gives hosts of the simulated network further names. A name stands for several hosts that are tried one after the
/// other. They are looked up at each dial, because the answers of DNS change.
/// </summary>
internal sealed class NamedTransport(ITransport inner, Func<string, string[]?> hostsOf) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) => inner.Listen(address, sink);

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        Dial(address, new HashSet<PeerAddress>(), timeout, sink);

    public IDisposable Dial(PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink)
    {
        IEnumerable<PeerAddress> addresses = (hostsOf(address.Host) ?? [address.Host])
            .Select(host => new PeerAddress(host, address.Port)).Where(host => !except.Contains(host));
        return new Attempts(inner, new Queue<PeerAddress>(addresses), timeout, sink).Next(null);
    }

    private sealed class Attempts(
        ITransport inner, Queue<PeerAddress> left, TimeSpan timeout, IDialSink sink) : IDialSink, IDisposable
    {
        private IDisposable? _dial;
        private TransportError? _last;

        public Attempts Next(TransportError? last)
        {
            _last = last;

            // When no host is left, this dials a host that nobody uses. Thus the failure arrives after the call has
            // returned.
            _dial = inner.Dial(
                left.TryDequeue(out PeerAddress? next) ? next : new PeerAddress("nobody", 1), timeout, this);
            return this;
        }

        public void OnDialled(IConnection connection) => sink.OnDialled(connection);

        public void OnDialFailed(TransportError error)
        {
            if (left.Count > 0)
            {
                Next(error);
            }
            else
            {
                sink.OnDialFailed(
                    _last ?? new TransportError(TransportFault.NameNotResolved, $"no address is left: {error}"));
            }
        }

        public void Dispose() => _dial?.Dispose();
    }
}
