using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The baseline of a relay: a line of sockets. Each reads a whole frame and writes it to the next; the last one counts.
/// </summary>
internal sealed class RawLine : IDisposable
{
    private readonly List<Socket> _sockets = [];
    private readonly byte[] _frame;
    private Socket? _first;

    private RawLine(int frameBytes) => _frame = new byte[frameBytes];

    public static async Task<RawLine> CreateAsync(int hops, int frameBytes, Counter arrived)
    {
        RawLine line = new(frameBytes);
        Socket? incoming = null;
        for (int i = 0; i < hops; i++)
        {
            using Socket listener = RawSocket.Listen();
            Socket outgoing = await RawSocket.ConnectAsync((IPEndPoint)listener.LocalEndPoint!);
            Socket accepted = await listener.AcceptAsync();
            accepted.NoDelay = true;
            line._sockets.AddRange([outgoing, accepted]);
            line._first ??= outgoing;
            if (incoming is not null)
            {
                _ = line.RelayAsync(incoming, frame => outgoing.SendAsync(frame));
            }

            incoming = accepted;
        }

        _ = line.RelayAsync(incoming!, _ =>
        {
            arrived.Add(1);
            return ValueTask.FromResult(0);
        });
        return line;
    }

    public Task SendAsync() => _first!.SendAsync(_frame.AsMemory()).AsTask();

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private async Task RelayAsync(Socket incoming, Func<ReadOnlyMemory<byte>, ValueTask<int>> pass)
    {
        byte[] frame = new byte[_frame.Length];
        int filled = 0;
        try
        {
            while (await incoming.ReceiveAsync(frame.AsMemory(filled)) is > 0 and int bytes)
            {
                filled += bytes;
                if (filled == frame.Length)
                {
                    await pass(frame);
                    filled = 0;
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The sockets were disposed because the measure is over.
        }
    }
}
