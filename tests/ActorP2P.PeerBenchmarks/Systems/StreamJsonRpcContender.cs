using System.Net;
using System.Net.Sockets;
using ActorP2P.Benchmarks;
using StreamJsonRpc;

namespace ActorP2P.PeerBenchmarks;

/// <summary>StreamJsonRpc over TCP.</summary>
internal sealed class StreamJsonRpcContender : Contender
{
    public const string Setup =
        "StreamJsonRpc 2.26.150 over a `NetworkStream`, Nagle's algorithm off, with `LengthHeaderMessageHandler` and "
        + "`MessagePackFormatter`. A message is a `byte[]`; one way is an awaited `NotifyAsync`, an ask is "
        + "`InvokeAsync`. Fan-out is `NotifyAsync` to each, with one loop for each receiver.";

    private const string PushMethod = "push";
    private const string AskMethod = "ask";

    private readonly Counter _joined = new();
    private readonly List<JsonRpc> _links = [];
    private Acceptor? _acceptor;

    public override Task<string> ServeAsync(Arrivals arrivals) => Task.FromResult(Listen(arrivals));

    public override async Task ConnectAsync(string address) =>
        Open(await RawSocket.ConnectAsync(IPEndPoint.Parse(address)), arrivals: null);

    public override Task SendAsync(byte[] payload, int count) => NotifyAsync(_links[0], payload, count);

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        await _links[0].InvokeAsync<byte[]>(AskMethod, payload);

    public override Task<string> OpenHubAsync() => Task.FromResult(Listen(arrivals: null));

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        foreach (Arrivals arrivals in receivers)
        {
            Open(await RawSocket.ConnectAsync(IPEndPoint.Parse(hub)), arrivals);
        }
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.ReachAsync(receivers);

    public override Task PublishAsync(byte[] payload, int count) =>
        Task.WhenAll(_links.Select(link => NotifyAsync(link, payload, count)));

    public override ValueTask DisposeAsync()
    {
        _acceptor?.Dispose();
        _links.ForEach(static link => link.Dispose());
        return ValueTask.CompletedTask;
    }

    private static async Task NotifyAsync(JsonRpc link, byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await link.NotifyAsync(PushMethod, payload);
        }
    }

    private string Listen(Arrivals? arrivals)
    {
        _acceptor = new Acceptor(socket =>
        {
            Open(socket, arrivals);
            _joined.Add(1);
        });
        return _acceptor.Address;
    }

    private void Open(Socket socket, Arrivals? arrivals)
    {
        NetworkStream stream = new(socket, ownsSocket: true);
        JsonRpc link = new(new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter()));
        if (arrivals is not null)
        {
            link.AddLocalRpcMethod(PushMethod, new Action<byte[]>(payload => arrivals.Take(payload)));
            link.AddLocalRpcMethod(AskMethod, new Func<byte[], byte[]>(static payload => payload));
        }

        _links.Add(link);
        link.StartListening();
    }
}
