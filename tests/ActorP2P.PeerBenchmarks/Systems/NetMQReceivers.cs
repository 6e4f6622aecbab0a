using NetMQ;
using NetMQ.Sockets;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The far side of NetMQ. One thread reads all its sockets, and each message in place.</summary>
internal sealed class NetMQReceivers : IDisposable
{
    private const string AnyPort = "tcp://127.0.0.1";

    private readonly List<NetMQSocket> _sockets = [];
    private NetMQPoller? _poller;

    /// <summary>Counts what is pushed, and answers asks.</summary>
    /// <returns>The addresses of both.</returns>
    public string Serve(Arrivals arrivals)
    {
        PullSocket pull = new();
        RouterSocket router = new();
        string address = $"{AnyPort}:{pull.BindRandomPort(AnyPort)} {AnyPort}:{router.BindRandomPort(AnyPort)}";
        pull.ReceiveReady += (_, _) => TakeAll(pull, arrivals);
        router.ReceiveReady += (_, _) => AnswerAll(router);
        Poll([pull, router]);
        return address;
    }

    /// <summary>Subscribes to a publisher, once for each of these counts.</summary>
    public void Join(string hub, IReadOnlyList<Arrivals> receivers)
    {
        List<NetMQSocket> joining = [];
        foreach (Arrivals arrivals in receivers)
        {
            SubscriberSocket subscriber = new();
            subscriber.Options.ReceiveHighWatermark = 0;
            subscriber.Connect(hub);
            subscriber.SubscribeToAnyTopic();
            subscriber.ReceiveReady += (_, _) => TakeAll(subscriber, arrivals);
            joining.Add(subscriber);
        }

        Poll(joining);
    }

    public void Dispose()
    {
        _poller?.Dispose();
        _sockets.ForEach(static socket => socket.Dispose());
    }

    private void Poll(List<NetMQSocket> sockets)
    {
        _sockets.AddRange(sockets);
        if (_poller is not null)
        {
            sockets.ForEach(_poller.Add);
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
        NetMQMessage? message = new();
        while (router.TryReceiveMultipartMessage(ref message))
        {
            router.SendMultipartMessage(message);
        }
    }
}
