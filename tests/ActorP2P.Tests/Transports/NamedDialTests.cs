using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>Dials to a name, which stands for all of its addresses.</summary>
[Collection(SocketsCollection.Name)]
public sealed class NamedDialTests : TransportTest
{
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromDays(1);

    private readonly ConnectionSinks _sinks = new();

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_refused_address_is_followed_by_the_next_at_once(TransportKind kind)
    {
        ITransport transport = Named(kind, FakeResolver.Of("127.0.0.2", "127.0.0.1"));
        using IDisposable listener = transport.Listen(new PeerAddress("127.0.0.1", 0), _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        Assert.Equal(address, await ReachedAsync(transport, address.Port));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_silent_address_is_raced_after_the_attempt_delay(TransportKind kind)
    {
        using var silent = new SilentPort();
        var time = new HeldTime();
        ITransport transport = Named(kind, FakeResolver.Of("127.0.0.1", "127.0.0.2"), time);
        using IDisposable listener = transport.Listen(new PeerAddress("127.0.0.2", silent.Address.Port), _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        Task<PeerAddress> reached = ReachedAsync(transport, silent.Address.Port);
        await time.FireAsync(AttemptDelay);
        Assert.Equal(address, await reached);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_excepted_address_is_skipped(TransportKind kind)
    {
        ITransport transport = Named(kind, FakeResolver.Of("127.0.0.1", "127.0.0.2"));
        var others = new CountingAcceptSink();
        using IDisposable first = transport.Listen(new PeerAddress("127.0.0.1", 0), others);
        PeerAddress excepted = (await others.Listening.WaitAsync(Waits.Guard))[0];
        using IDisposable second = transport.Listen(new PeerAddress("127.0.0.2", excepted.Port), _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        Assert.Equal(address, await ReachedAsync(transport, excepted.Port, excepted));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_name_whose_addresses_are_all_excepted_fails_typed(TransportKind kind)
    {
        ITransport transport = Named(kind, FakeResolver.Of("127.0.0.1"));
        HashSet<PeerAddress> except = [new PeerAddress("127.0.0.1", 9)];
        transport.Dial(new PeerAddress("name", 9), except, Waits.Guard, _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(Waits.Guard);
        Assert.Equal(TransportFault.NameNotResolved, error.Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_dial_whose_resolver_never_answers_ends_in_time(TransportKind kind)
    {
        var time = new HeldTime();
        Named(kind, FakeResolver.Silent(), time).Dial(new PeerAddress("name", 9), TimeSpan.FromSeconds(7), _sinks);
        await time.FireAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed.WaitAsync(Waits.Guard)).Fault);
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_dial_whose_resolver_throws_fails_typed(TransportKind kind)
    {
        FakeResolver broken = new(() => throw new InvalidOperationException("a bug"));
        Named(kind, broken).Dial(new PeerAddress("name", 9), Waits.Guard, _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(Waits.Guard);
        Assert.Equal((TransportFault.Other, "InvalidOperationException: a bug"), (error.Fault, error.Detail));
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_connect_race_leaves_no_other_connection(TransportKind kind)
    {
        ITransport transport = Named(kind, FakeResolver.Of("127.0.0.1", "127.0.0.2"));
        var counting = new CountingAcceptSink();
        using IDisposable first = transport.Listen(new PeerAddress("127.0.0.1", 0), _sinks);
        PeerAddress address = await _sinks.Listening.WaitAsync(Waits.Guard);
        using IDisposable second = transport.Listen(new PeerAddress("127.0.0.2", address.Port), counting);
        await counting.Listening.WaitAsync(Waits.Guard);
        Assert.Equal(address, await ReachedAsync(transport, address.Port));
        using var last = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await last.ConnectAsync(IPAddress.Parse("127.0.0.2"), address.Port);
        await counting.Reached(1).WaitAsync(Waits.Guard);
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(50 * TimeSpan.TicksPerDay)]
    public void A_timeout_that_no_timer_takes_is_refused(long ticks)
    {
        SimulatedNetwork network = new(new SimulatedWorld(1));
        ITransport[] transports = [Create(TransportKind.Sockets), Create(TransportKind.AkkaIo),
            network.CreateTransport("a", 1)];
        foreach (ITransport transport in transports)
        {
            ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
                () => transport.Dial(new PeerAddress("b", 1), TimeSpan.FromTicks(ticks), _sinks));
            Assert.Contains("allowed: more than zero, at most 30 days", refused.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => transport.Dial(new PeerAddress("b", 0), Waits.Guard, _sinks));
        }
    }

    private ITransport Named(TransportKind kind, INameResolver resolver, TimeProvider? time = null) =>
        Create(kind, new SocketTransportSettings { Resolver = resolver, AttemptDelay = AttemptDelay }, time);

    /// <summary>Dials the name and returns the address to which it connected.</summary>
    private async Task<PeerAddress> ReachedAsync(ITransport transport, int port, params PeerAddress[] except)
    {
        transport.Dial(new PeerAddress("name", port), except.ToHashSet(), Waits.Guard, _sinks);
        using IConnection dialled = await _sinks.Dialled.WaitAsync(Waits.Guard);
        return dialled.RemoteAddress;
    }
}
