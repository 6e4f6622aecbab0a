using ActorP2P.Protocol;
using ActorP2P.Tests.Hostile;
using ActorP2P.Transport;

namespace ActorP2P.Tests;

/// <summary>
/// Without free file descriptors every failure is typed and is logged from time to time instead of ten times a second.
/// </summary>
public sealed class AcceptFaultTests
{
    private static readonly TransportError NoDescriptors = new(TransportFault.TooManyOpenFiles, "EMFILE");

    [Fact]
    public void An_accept_fault_is_reported_twice_a_minute()
    {
        LogRecorder log = new();
        VirtualMesh mesh = new() { Logs = log };
        mesh.Run(async () =>
        {
            Starved transport = new(mesh.CreateTransport("a"));
            await using P2PNode a = await mesh.StartAsync("a", transport: transport);
            using NodeEvents events = a.Events();
            for (int i = 0; i < 590; i++)
            {
                transport.Accepting!.OnAcceptFailed(NoDescriptors);
                await Task.Delay(TimeSpan.FromMilliseconds(100), mesh.World.TimeProvider);
            }

            AcceptFailed first = await events.ReadAsync<AcceptFailed>();
            AcceptFailed second = await events.ReadAsync<AcceptFailed>();
            Assert.False(events.TryRead(out _));
            Assert.Equal((TransportFault.TooManyOpenFiles, 0L), (first.Fault, first.Suppressed));
            Assert.InRange(second.Suppressed, 290, 310);
            Assert.Equal(2, log.Lines.Count(line => line.StartsWith("Warning", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void Faults_of_another_kind_are_reported_at_once()
    {
        RepeatedFaults faults = new();
        Assert.True(faults.TryTell(TransportFault.TooManyOpenFiles, TimeSpan.Zero, out _));
        Assert.False(faults.TryTell(TransportFault.TooManyOpenFiles, RepeatedFaults.Pause / 2, out _));
        Assert.True(faults.TryTell(TransportFault.AddressInUse, RepeatedFaults.Pause / 2, out long suppressed));
        Assert.Equal(0, suppressed);
        Assert.True(faults.TryTell(TransportFault.TooManyOpenFiles, RepeatedFaults.Pause, out suppressed));
        Assert.Equal(1, suppressed);
    }

    [Fact]
    public void A_dial_without_descriptors_says_so()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode a = await mesh.StartAsync("a", transport: new Starved(mesh.CreateTransport("a")));
            ConnectException failure = await Assert.ThrowsAsync<ConnectException>(
                () => a.ConnectAsync(new PeerAddress("nobody", 1)));
            Assert.Equal(ConnectFailure.TooManyOpenFiles, failure.Reason);
        });
    }

    /// <summary>
    /// A transport of a process without free descriptors: every dial fails, and the test decides when an accept fails.
    /// </summary>
    private sealed class Starved(ITransport inner) : ITransport
    {
        public IAcceptSink? Accepting { get; private set; }

        public IDisposable Listen(PeerAddress address, IAcceptSink sink)
        {
            Accepting = sink;
            return inner.Listen(address, sink);
        }

        public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
            inner.Dial(address, timeout, new Sink(sink));

        private sealed class Sink(IDialSink sink) : IDialSink
        {
            public void OnDialled(IConnection connection) => sink.OnDialled(connection);

            public void OnDialFailed(TransportError error) => sink.OnDialFailed(NoDescriptors);
        }
    }
}
