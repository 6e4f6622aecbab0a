using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Faults;

/// <summary>A transport that throws instead of dialling.</summary>
internal sealed class UndialableTransport(ITransport inner) : ITransport
{
    public IDisposable Listen(PeerAddress address, IAcceptSink sink) => inner.Listen(address, sink);

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        throw new InvalidOperationException("a transport's fault");
}
