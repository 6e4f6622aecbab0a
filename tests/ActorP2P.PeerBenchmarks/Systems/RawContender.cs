using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The baseline: frames over bare sockets, put together by hand.</summary>
internal sealed class RawContender : Contender
{
    public const string Setup =
        "`Socket`, Nagle's algorithm off. Frames are copied into a buffer of 64 KiB, which is sent when it is full, "
        + "for one receiver and for each of many; they are read in place. Many asks are a pipelined echo that writes "
        + "as many new frames at once as one read has brought answers.";

    private const int BufferBytes = 64 * 1024;

    private readonly Counter _joined = new();
    private readonly List<Socket> _members = [];
    private readonly List<RawReceiver> _receivers = [];
    private Acceptor? _acceptor;
    private Socket? _socket;
    private RawFanOut? _fanOut;

    public override Task<string> ServeAsync(Arrivals arrivals) => Task.FromResult(Listen(socket =>
    {
        RawReceiver receiver = new(socket, arrivals);
        _receivers.Add(receiver);
        _ = receiver.RunAsync();
    }));

    public override async Task ConnectAsync(string address) =>
        _socket = await RawSocket.ConnectAsync(IPEndPoint.Parse(address));

    public override async Task SendAsync(byte[] payload, int count)
    {
        if (RawFrame.HeaderBytes + payload.Length > BufferBytes)
        {
            byte[] frame = RawFrame.Of(payload, isAsk: false);
            for (int i = 0; i < count; i++)
            {
                await SendAllAsync(frame);
            }

            return;
        }

        byte[] buffer = new byte[BufferBytes];
        int filled = 0;
        for (int i = 0; i < count; i++)
        {
            if (BufferBytes - filled < RawFrame.HeaderBytes + payload.Length)
            {
                await SendAllAsync(buffer.AsMemory(0, filled));
                filled = 0;
            }

            filled += RawFrame.Write(buffer.AsSpan(filled), payload, isAsk: false);
        }

        await SendAllAsync(buffer.AsMemory(0, filled));
    }

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload)
    {
        byte[] frame = RawFrame.Of(payload, isAsk: true);
        await _socket!.SendAsync(frame.AsMemory());
        for (int received = 0; received < frame.Length;)
        {
            int bytes = await _socket.ReceiveAsync(frame.AsMemory(received));
            received += bytes > 0 ? bytes : throw new IOException("The far end has closed the connection.");
        }

        return frame.AsMemory(RawFrame.HeaderBytes);
    }

    public override async Task<long> AskManyAsync(byte[] payload, int inFlight, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        int frameBytes = RawFrame.HeaderBytes + payload.Length;
        byte[] output = new byte[inFlight * frameBytes];
        byte[] input = new byte[inFlight * frameBytes];
        int due = inFlight;
        int partial = 0;
        long asked = 0;
        long answered = 0;
        while (answered < asked || due > 0)
        {
            for (int i = 0; i < due; i++)
            {
                RawFrame.Write(output.AsSpan(i * frameBytes), payload, isAsk: true);
            }

            await SendAllAsync(output.AsMemory(0, due * frameBytes));
            asked += due;
            partial += await _socket!.ReceiveAsync(input.AsMemory());
            int came = partial / frameBytes;
            partial %= frameBytes;
            answered += came;
            due = Stopwatch.GetElapsedTime(start) < duration ? came : 0;
        }

        return answered;
    }

    public override Task<string> OpenHubAsync() => Task.FromResult(Listen(socket =>
    {
        _members.Add(socket);

        // A program would wait for what the far end may send. A receive without a buffer does that with the least.
        _ = socket.ReceiveAsync(Memory<byte>.Empty).AsTask();
        _joined.Add(1);
    }));

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        foreach (Arrivals arrivals in receivers)
        {
            RawReceiver receiver = new(await RawSocket.ConnectAsync(IPEndPoint.Parse(hub)), arrivals);
            _receivers.Add(receiver);
            _ = receiver.RunAsync();
        }
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.ReachAsync(receivers);

    public override Task PublishAsync(byte[] payload, int count)
    {
        _fanOut ??= new RawFanOut(_members);
        return _fanOut.SendAsync(RawFrame.Of(payload, isAsk: false), count);
    }

    public override ValueTask DisposeAsync()
    {
        _acceptor?.Dispose();
        _socket?.Dispose();
        _members.ForEach(static socket => socket.Dispose());
        _receivers.ForEach(static receiver => receiver.Dispose());
        return ValueTask.CompletedTask;
    }

    private string Listen(Action<Socket> accepted)
    {
        _acceptor = new Acceptor(accepted);
        return _acceptor.Address;
    }

    private async ValueTask SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket!.SendAsync(bytes)..];
        }
    }
}
