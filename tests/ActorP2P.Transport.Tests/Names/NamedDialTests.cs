using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>A name stands for all its addresses: dials.</summary>
[Collection(SocketCollection.Name)]
public class NamedDialTests
{
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromDays(1);

    private readonly ConnectionSinks _sinks = new();

    [Fact]
    public async Task A_refused_address_is_followed_by_the_next_at_once()
    {
        SocketTransport transport = Transport(FakeResolver.Of("127.0.0.2", "127.0.0.1"));
        using IListener listener = transport.Listen(new PeerAddress("127.0.0.1", 0), _sinks);
        Assert.Equal(listener.LocalAddress, await ReachedAsync(transport, listener.LocalAddress.Port));
    }

    [Fact]
    public async Task A_silent_address_is_raced_after_the_attempt_delay()
    {
        using var silent = new SilentPort();
        var time = new HeldTime();
        SocketTransport transport = Transport(FakeResolver.Of("127.0.0.1", "127.0.0.2"), time);
        using IListener listener = transport.Listen(new PeerAddress("127.0.0.2", silent.Address.Port), _sinks);
        Task<PeerAddress> reached = ReachedAsync(transport, silent.Address.Port);
        await time.FireAsync(AttemptDelay);
        Assert.Equal(listener.LocalAddress, await reached);
    }

    [Fact]
    public async Task An_address_that_is_excepted_is_passed_over()
    {
        SocketTransport transport = Transport(FakeResolver.Of("127.0.0.1", "127.0.0.2"));
        using IListener first = transport.Listen(new PeerAddress("127.0.0.1", 0), _sinks);
        using IListener second = transport.Listen(new PeerAddress("127.0.0.2", first.LocalAddress.Port), _sinks);
        Assert.Equal(second.LocalAddress, await ReachedAsync(transport, first.LocalAddress.Port, first.LocalAddress));
    }

    [Fact]
    public async Task A_name_whose_addresses_are_all_excepted_fails_typed()
    {
        SocketTransport transport = Transport(FakeResolver.Of("127.0.0.1"));
        HashSet<PeerAddress> except = [new PeerAddress("127.0.0.1", 9)];
        transport.Dial(new PeerAddress("name", 9), except, SocketPair.Guard, _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(SocketPair.Guard);
        Assert.Equal(TransportFault.NameNotResolved, error.Fault);
    }

    [Fact]
    public async Task A_dial_whose_resolver_never_answers_ends_in_time()
    {
        var time = new HeldTime();
        Transport(FakeResolver.Silent(), time).Dial(new PeerAddress("name", 9), TimeSpan.FromSeconds(7), _sinks);
        await time.FireAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed.WaitAsync(SocketPair.Guard)).Fault);
    }

    [Fact]
    public async Task A_dial_whose_resolver_throws_fails_typed()
    {
        FakeResolver broken = new(() => throw new InvalidOperationException("a bug"));
        Transport(broken).Dial(new PeerAddress("name", 9), SocketPair.Guard, _sinks);
        TransportError error = await _sinks.DialFailed.WaitAsync(SocketPair.Guard);
        Assert.Equal((TransportFault.Other, "InvalidOperationException: a bug"), (error.Fault, error.Detail));
    }

    [Fact]
    public async Task A_race_that_is_over_leaves_no_other_connection()
    {
        SocketTransport transport = Transport(FakeResolver.Of("127.0.0.1", "127.0.0.2"));
        var counting = new CountingAcceptSink();
        using IListener first = transport.Listen(new PeerAddress("127.0.0.1", 0), _sinks);
        using IListener second = transport.Listen(new PeerAddress("127.0.0.2", first.LocalAddress.Port), counting);
        Assert.Equal(first.LocalAddress, await ReachedAsync(transport, first.LocalAddress.Port));
        using var last = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await last.ConnectAsync(IPAddress.Parse("127.0.0.2"), first.LocalAddress.Port);
        await counting.Reached(1).WaitAsync(SocketPair.Guard);
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    [InlineData(50 * TimeSpan.TicksPerDay)]
    public void A_timeout_that_no_timer_takes_is_refused(long ticks)
    {
        var network = new MemoryNetwork(TimeProvider.System, TimeSpan.Zero);
        foreach (ITransport transport in (ITransport[])[Transport(FakeResolver.Of()), network.CreateTransport("a")])
        {
            ArgumentOutOfRangeException refused = Assert.Throws<ArgumentOutOfRangeException>(
                () => transport.Dial(new PeerAddress("b", 1), TimeSpan.FromTicks(ticks), _sinks));
            Assert.Contains("allowed: more than zero, at most 30 days", refused.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => transport.Dial(new PeerAddress("b", 0), SocketPair.Guard, _sinks));
        }
    }

    private static SocketTransport Transport(INameResolver resolver, TimeProvider? time = null) =>
        new(new SocketTransportSettings { Resolver = resolver, AttemptDelay = AttemptDelay }, time ?? TimeProvider.System);

    /// <summary>Dials the name, and tells which of its addresses was connected to.</summary>
    private async Task<PeerAddress> ReachedAsync(SocketTransport transport, int port, params PeerAddress[] except)
    {
        transport.Dial(new PeerAddress("name", port), except.ToHashSet(), SocketPair.Guard, _sinks);
        using IConnection dialled = await _sinks.Dialled.WaitAsync(SocketPair.Guard);
        return dialled.RemoteAddress;
    }
}
