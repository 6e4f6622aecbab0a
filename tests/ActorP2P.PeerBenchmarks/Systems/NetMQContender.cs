using System.Diagnostics;
using NetMQ;
using NetMQ.Sockets;

namespace ActorP2P.PeerBenchmarks;

/// <summary>NetMQ, the ZeroMQ of .NET. The near sockets are used by one thread at a time.</summary>
internal sealed class NetMQContender : Contender
{
    public const string Setup =
        "NetMQ 4.0.4.5 over TCP. One way is PUSH to PULL with the default limits of 1,000 messages, an ask is DEALER "
        + "to ROUTER; the far end has one thread for both, a `NetMQPoller`, and reads each message in place. Many asks "
        + "are one thread that sends a new ask for each answer. Fan-out is PUB (as XPUB, which tells who has joined) "
        + "to SUB without limits, because PUB drops what exceeds a limit; all receivers share one poller.";

    private const string AnyPort = "tcp://127.0.0.1";

    private readonly NetMQReceivers _receivers = new();
    private PushSocket? _push;
    private DealerSocket? _dealer;
    private XPublisherSocket? _publisher;
    private int _subscriptions;

    public override Task<string> ServeAsync(Arrivals arrivals) => Task.FromResult(_receivers.Serve(arrivals));

    public override Task ConnectAsync(string address)
    {
        string[] addresses = address.Split(' ');
        _push = new PushSocket();
        _push.Connect(addresses[0]);
        _dealer = new DealerSocket();
        _dealer.Connect(addresses[1]);
        return Task.CompletedTask;
    }

    public override Task SendAsync(byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _push!.SendFrame(payload);
        }

        return Task.CompletedTask;
    }

    public override Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload)
    {
        _dealer!.SendFrame(payload);
        return Task.FromResult<ReadOnlyMemory<byte>>(_dealer!.ReceiveFrameBytes());
    }

    public override Task<long> AskManyAsync(byte[] payload, int inFlight, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long answers = 0;
        for (int i = 0; i < inFlight; i++)
        {
            _dealer!.SendFrame(payload);
        }

        for (int open = inFlight; open > 0;)
        {
            _dealer!.ReceiveFrameBytes();
            answers++;
            if (Stopwatch.GetElapsedTime(start) < duration)
            {
                _dealer!.SendFrame(payload);
            }
            else
            {
                open--;
            }
        }

        return Task.FromResult(answers);
    }

    public override Task<string> OpenHubAsync()
    {
        _publisher = new XPublisherSocket();
        _publisher.Options.SendHighWatermark = 0;
        _publisher.Options.XPubVerbose = true;
        return Task.FromResult($"{AnyPort}:{_publisher.BindRandomPort(AnyPort)}");
    }

    public override Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        _receivers.Join(hub, receivers);
        return Task.CompletedTask;
    }

    public override async Task UntilJoinedAsync(int receivers)
    {
        while (_subscriptions < receivers)
        {
            if (_publisher!.TryReceiveFrameBytes(out _))
            {
                _subscriptions++;
            }
            else
            {
                await Task.Delay(1);
            }
        }
    }

    public override Task PublishAsync(byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _publisher!.SendFrame(payload);
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        _receivers.Dispose();
        _push?.Dispose();
        _dealer?.Dispose();
        _publisher?.Dispose();
        return ValueTask.CompletedTask;
    }
}
