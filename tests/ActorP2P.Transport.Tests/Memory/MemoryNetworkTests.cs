#pragma warning disable xUnit1031 // In virtual time the result is already there, so nothing blocks.
using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class MemoryNetworkTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Instant = TimeSpan.FromTicks(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly VirtualTime _time = new();
    private readonly ConnectionSinks _sinks = new();
    private readonly MemoryNetwork _network;
    private readonly ITransport _alpha;
    private readonly ITransport _beta;

    public MemoryNetworkTests()
    {
        _network = new MemoryNetwork(_time, Latency);
        _alpha = _network.CreateTransport("alpha");
        _beta = _network.CreateTransport("beta");
    }

    [Fact]
    public void A_dial_takes_one_latency_to_the_listener_and_one_back()
    {
        using IDisposable listener = _beta.Listen(new PeerAddress("beta", 0), _sinks);
        _alpha.Dial(_sinks.Listening.Result, Timeout, _sinks);
        _time.Advance(Latency - Instant);
        Assert.False(_sinks.Accepted.IsCompleted);
        _time.Advance(Instant);
        Assert.True(_sinks.Accepted.IsCompleted);
        _time.Advance(Latency - Instant);
        Assert.False(_sinks.Dialled.IsCompleted);
        _time.Advance(Instant);
        Assert.True(_sinks.Dialled.IsCompleted);
        _time.Advance(Timeout);
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Fact]
    public async Task Both_ends_know_each_others_address()
    {
        using IDisposable listener = _beta.Listen(new PeerAddress("0.0.0.0", 8333), _sinks);
        Assert.Equal(new PeerAddress("beta", 8333), _sinks.Listening.Result);
        _alpha.Dial(_sinks.Listening.Result, Timeout, _sinks);
        _time.Advance(Latency * 2);
        IConnection dialled = await _sinks.Dialled;
        IConnection accepted = await _sinks.Accepted;

        Assert.Equal(_sinks.Listening.Result, dialled.RemoteAddress);
        Assert.Equal(_sinks.Listening.Result, accepted.LocalAddress);
        Assert.Equal("alpha", dialled.LocalAddress.Host);
        Assert.Equal(dialled.LocalAddress, accepted.RemoteAddress);
    }

    [Theory]
    [InlineData("beta")]
    [InlineData("nowhere")]
    public async Task A_dial_to_a_port_without_a_listener_is_refused(string host)
    {
        _alpha.Dial(new PeerAddress(host, 1), Timeout, _sinks);
        Assert.False(_sinks.DialFailed.IsCompleted);
        _time.Advance(Latency * 2);
        Assert.Equal(TransportFault.Refused, (await _sinks.DialFailed).Fault);
    }

    [Fact]
    public async Task A_dial_slower_than_its_timeout_ends_both_ends()
    {
        using IDisposable listener = _beta.Listen(new PeerAddress("beta", 1), _sinks);
        _alpha.Dial(_sinks.Listening.Result, Latency * 1.5, _sinks);
        _time.Advance(Latency * 1.5);
        Assert.Equal(TransportFault.TimedOut, (await _sinks.DialFailed).Fault);

        var sink = new RecordingSink();
        using var connection = new FrameConnection(await _sinks.Accepted, new FrameConnectionSettings());
        connection.Start(sink);
        _time.Advance(Timeout);
        Assert.Equal(TransportFault.Reset, sink.End.Fault);
        Assert.Equal(1, _sinks.Outcomes);
    }

    [Fact]
    public async Task An_abandoned_dial_fails_once_and_not_inline()
    {
        using IDisposable listener = _beta.Listen(new PeerAddress("beta", 1), _sinks);
        IDisposable dial = _alpha.Dial(_sinks.Listening.Result, Timeout, _sinks);
        dial.Dispose();
        dial.Dispose();
        Assert.Equal(0, _sinks.Outcomes);
        _time.Advance(Timeout);
        Assert.Equal(TransportFault.Aborted, (await _sinks.DialFailed).Fault);
        Assert.Equal(1, _sinks.Outcomes);
        dial.Dispose();
    }

    [Fact]
    public void An_address_has_one_listener_at_a_time()
    {
        var address = new PeerAddress("beta", 1);
        using IDisposable first = _beta.Listen(address, _sinks);
        Assert.Equal(address, _sinks.Listening.Result);
        Assert.Equal(TransportFault.AddressInUse, FailureAt(_beta, address));
        first.Dispose();
        ConnectionSinks again = new();
        using IDisposable second = _beta.Listen(address, again);
        first.Dispose();
        Assert.True(again.Listening.IsCompletedSuccessfully);
        Assert.Equal(TransportFault.AddressInUse, FailureAt(_beta, address));
        Assert.Equal(TransportFault.NameNotResolved, FailureAt(_alpha, address));
    }

    [Fact]
    public void Every_segment_takes_the_latency_and_none_overtakes_another()
    {
        var pair = new MemoryPair(Latency);
        var sink = new RecordingSink();
        using var beta = new FrameConnection(pair.Beta, new FrameConnectionSettings());
        beta.Start(sink);
        pair.Alpha.Start(new IgnoringSink());
        for (ulong id = 0; id < 10; id++)
        {
            pair.Alpha.Send([Frames.Encode(8, id)]);
            pair.Time.Advance(TimeSpan.FromMilliseconds(3));
        }

        // The frames were sent at 0, 3, ... 27 ms. The time is 30 ms, so those that were sent up to 20 ms have arrived.
        Assert.Equal(7, sink.Frames.Count);
        pair.Alpha.ShutdownSend();
        pair.Time.Advance(Latency - Instant);
        Assert.Equal(10, sink.Frames.Count);
        Assert.False(sink.Closed.IsCompleted);
        pair.Time.Advance(Instant);
        sink.Frames.AssertAre(8, 8, 8, 8, 8, 8, 8, 8, 8, 8);
        Assert.Equal(TransportFault.EndOfStream, sink.End.Fault);
    }

    [Fact]
    public void A_sender_waits_while_the_window_is_full()
    {
        var pair = new MemoryPair();
        var sender = new LastResult();
        pair.Alpha.Start(sender);
        pair.Beta.Start(new IgnoringSink());
        byte[] bytes = Frames.Payload(300_000, 3);
        Assert.True(pair.Alpha.Send([bytes.AsMemory(0, 1).ToArray(), bytes[1..]]).IsPending);
        pair.Time.Run();
        Assert.Null(sender.Sent);

        var received = new List<byte>();
        byte[] buffer = new byte[10_000];
        while (received.Count < bytes.Length)
        {
            OperationResult result = pair.Beta.Receive(buffer);
            received.AddRange(buffer[..result.Bytes]);
            pair.Time.Run();
        }

        Assert.Equal(bytes, received);
        Assert.Equal(bytes.Length, sender.Sent?.Bytes);
    }

    [Fact]
    public void Sending_to_an_end_that_is_closed_brings_a_reset()
    {
        var pair = new MemoryPair();
        var sender = new LastResult();
        pair.Alpha.Start(sender);
        pair.Beta.Start(new IgnoringSink());
        pair.Beta.Dispose();
        pair.Time.Run();
        Assert.Equal(TransportFault.EndOfStream, pair.Alpha.Receive(new byte[1]).Error.Fault);
        Assert.False(pair.Alpha.Send([new byte[10]]).IsFailed);
        pair.Time.Run();
        Assert.Equal(TransportFault.Reset, pair.Alpha.Send([new byte[10]]).Error.Fault);
    }

    [Fact]
    public void Closing_with_bytes_unread_resets_the_peer()
    {
        var pair = new MemoryPair();
        var waiting = new LastResult();
        pair.Alpha.Start(waiting);
        pair.Beta.Start(new IgnoringSink());
        pair.Alpha.Send([new byte[10]]);
        Assert.True(pair.Alpha.Receive(default).IsPending);
        pair.Time.Run();
        pair.Beta.Dispose();
        pair.Time.Run();
        Assert.Equal(TransportFault.Reset, waiting.Received?.Error.Fault);
    }

    [Fact]
    public void The_same_run_gives_the_same_events_at_the_same_times()
    {
        List<string> first = Run();
        Assert.Equal(first, Run());
        Assert.True(first.Count > 100);

        static List<string> Run()
        {
            var events = new List<string>();
            var pair = new MemoryPair(TimeSpan.FromTicks(1_234));
            using var alpha = new FrameConnection(pair.Alpha, new FrameConnectionSettings());
            using var beta = new FrameConnection(pair.Beta, new FrameConnectionSettings());
            var echo = new EchoSink(beta);
            var sink = new RecordingSink
            {
                Visit = batch => events.Add($"{pair.Time.GetTimestamp()} frames {batch.Count} {batch.Bytes}"),
                Room = () => events.Add($"{pair.Time.GetTimestamp()} room"),
            };
            beta.Start(echo);
            alpha.Start(sink);
            for (ulong id = 0; id < 300; id++)
            {
                if (alpha.HasRoom)
                {
                    alpha.Append((int)(id * 977 % 20_000), id);
                    alpha.Flush();
                }

                pair.Time.Advance(TimeSpan.FromTicks(500));
            }

            alpha.Shutdown();
            pair.Time.Advance(Timeout);
            events.Add($"{sink.End.Fault} {alpha.BytesReceived} {alpha.BytesSent}");
            return events;
        }
    }

    private static TransportFault FailureAt(ITransport transport, PeerAddress address)
    {
        ConnectionSinks sinks = new();
        transport.Listen(address, sinks);
        return Assert.IsType<TransportException>(sinks.Listening.Exception!.InnerException).Error.Fault;
    }
}
