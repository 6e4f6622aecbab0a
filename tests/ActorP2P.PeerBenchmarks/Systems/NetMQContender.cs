using System.Diagnostics;
using NetMQ;
using NetMQ.Sockets;

namespace ActorP2P.PeerBenchmarks;

/// <summary>NetMQ, the ZeroMQ of .NET.</summary>
internal sealed class NetMQContender : Contender
{
    public const string Setup =
        "NetMQ 4.0.4.5 over TCP. One way is PUSH to PULL with the default limits of 1,000 messages, an ask is DEALER to "
        + "ROUTER; the far end has one thread for both, a `NetMQPoller`, and reads each message in place. Many asks are "
        + "one thread that sends a new ask for each answer. Fan-out is PUB (as XPUB, which tells who has joined) to SUB "
        + "without limits, as PUB drops what exceeds a limit; all receivers share one poller.";

    private const string AnyPort = "tcp://127.0.0.1";

    private readonly List<NetMQSocket> _sockets = [];
    private NetMQPoller? _poller;
    private PushSocket? _push;
    private DealerSocket? _dealer;
    private XPublisherSocket? _publisher;
    private long _subscriptions;

    public override Task<string> ServeAsync(Arrivals arrivals)
    {
        PullSocket pull = Add(new PullSocket());
        RouterSocket router = Add(new RouterSocket());
        string address = $"{AnyPort}:{pull.BindRandomPort(AnyPort)} {AnyPort}:{router.BindRandomPort(AnyPort)}";
        pull.ReceiveReady += (_, _) => TakeAll(pull, arrivals);
        router.ReceiveReady += (_, _) => AnswerAll(router);
        Poll(pull, router);
        return Task.FromResult(address);
    }

    public override Task ConnectAsync(string address)
    {
        string[] addresses = address.Split(' ');
        _push = Add(new PushSocket());
        _push.Connect(addresses[0]);
        _dealer = Add(new DealerSocket());
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
        _publisher = Add(new XPublisherSocket());
        _publisher.Options.SendHighWatermark = 0;
        _publisher.Options.XPubVerbose = true;
        return Task.FromResult($"{AnyPort}:{_publisher.BindRandomPort(AnyPort)}");
    }

    public override Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        List<NetMQSocket> joining = [];
        foreach (Arrivals arrivals in receivers)
        {
            SubscriberSocket subscriber = Add(new SubscriberSocket());
            subscriber.Options.ReceiveHighWatermark = 0;
            subscriber.Connect(hub);
            subscriber.SubscribeToAnyTopic();
            subscriber.ReceiveReady += (_, _) => TakeAll(subscriber, arrivals);
            joining.Add(subscriber);
        }

        Poll([.. joining]);
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
        _poller?.Dispose();
        _sockets.ForEach(static socket => socket.Dispose());
        return ValueTask.CompletedTask;
    }

    private T Add<T>(T socket)
        where T : NetMQSocket
    {
        _sockets.Add(socket);
        return socket;
    }

    private void Poll(params NetMQSocket[] sockets)
    {
        if (_poller is not null)
        {
            Array.ForEach(sockets, _poller.Add);
            return;
        }

        _poller = [.. sockets];
        _poller.RunAsync();
    }

    private static void TakeAll(NetMQSocket socket, Arrivals arrivals)
    {
        Msg message = default;
        message.InitEmpty();
        while (socket.TryReceive(ref message, TimeSpan.Zero))
        {
            arrivals.Take(message.Slice());
        }

        message.Close();
    }

    private static void AnswerAll(RouterSocket router)
    {
        NetMQMessage message = new();
        while (router.TryReceiveMultipartMessage(ref message!))
        {
            router.SendMultipartMessage(message);
        }
    }
}
