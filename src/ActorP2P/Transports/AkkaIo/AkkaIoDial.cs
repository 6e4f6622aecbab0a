using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>One dial through Akka.IO.</summary>
internal sealed class AkkaIoDial(
    AkkaIoTransport transport, PeerAddress address, IReadOnlySet<PeerAddress> except, TimeSpan timeout, IDialSink sink)
    : RacingDial<AkkaIoConnection>(transport.Sockets, address, except, timeout, transport.Time, sink)
{
    // Akka.IO reports that an attempt has failed, but not why, so a connect with a plain socket finds the reason. If
    // that connect succeeds, a listener has started in between, and Akka.IO tries once more.
    private const int MaxAttempts = 2;

    protected override async Task<AkkaIoConnection> ConnectAsync(
        IPEndPoint address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken,
            transport.Ending);
        for (int attempts = 0; attempts < MaxAttempts; attempts++)
        {
            // Without file descriptors Akka.IO never answers a connect.
            AkkaIoDescriptors.Require();
            AkkaIoAttempt attempt = new(transport, address);
            await using CancellationTokenRegistration registration = either.Token.UnsafeRegister(
                static state => ((AkkaIoAttempt)state!).Cancel(), attempt);
            attempt.Begin();
            if (await attempt.Connection is { } connection)
            {
                return connection;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (transport.Ending.IsCancellationRequested)
            {
                throw new SocketException((int)SocketError.OperationAborted, "the transport has ended");
            }

            await ProbeAsync(address, cancellationToken);
        }

        throw new SocketException((int)SocketError.SocketError, "Akka.IO could not connect and gave no cause");
    }

    protected override IConnection Take(AkkaIoConnection connected) => connected;

    private static async Task ProbeAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        using Socket probe = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        probe.LingerState = new LingerOption(true, 0);
        await probe.ConnectAsync(address, cancellationToken);
        if (probe.LocalEndPoint is { } local && local.Equals(probe.RemoteEndPoint))
        {
            throw new SocketException(
                (int)SocketError.ConnectionRefused, $"no process listens at {local}: the socket connected to itself");
        }
    }
}
