using System.Buffers.Binary;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// One connection that sends notifies of 32 bytes as fast as it can: without end to a raw server, and to a node as far
/// as its credit goes, because a node disconnects who exceeds that.
/// </summary>
internal sealed class Flooder(Socket socket) : IDisposable
{
    private const int BodyBytes = 32;
    private const int FrameBytes = FrameHeader.Size + BodyBytes;
    private const int CreditBytes = BodyBytes + CreditBook.PerMessage;
    private const int BurstFrames = 256;

    private static readonly byte[] s_burst = CreateBurst();

    private readonly SemaphoreSlim _granted = new(0);
    private long _limit = long.MaxValue;
    private volatile bool _isOver;

    /// <summary>Whether the other side has ended the connection.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Does the handshake, if the other side is a node.</summary>
    public async Task OpenAsync(bool isNode, ulong number)
    {
        if (!isNode)
        {
            return;
        }

        byte[] answer = await Handshake.DoAsync(socket, number);
        _limit = HelloCodec.TryRead(answer.AsSpan(FrameHeader.Size), out Hello? hello)
            ? hello.CreditWindows[(int)CreditClass.Notify]
            : throw new IOException("The node has not answered with its hello.");
    }

    /// <summary>Begins to send.</summary>
    public void Start()
    {
        _ = GuardAsync(SendAsync);
        _ = GuardAsync(ReadAsync);
    }

    public void Dispose()
    {
        _isOver = true;
        socket.Dispose();
        _granted.Release();
    }

    private async Task GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The measure is over, or the other side has ended the connection.
        }

        IsCut |= !_isOver;
    }

    private async Task SendAsync()
    {
        for (long used = 0; !_isOver;)
        {
            int frames = (int)Math.Min(BurstFrames, (Interlocked.Read(ref _limit) - used) / CreditBytes);
            if (frames == 0)
            {
                await _granted.WaitAsync();
                continue;
            }

            used += frames * CreditBytes;
            for (ReadOnlyMemory<byte> rest = s_burst.AsMemory(0, frames * FrameBytes); !rest.IsEmpty;)
            {
                rest = rest[await socket.SendAsync(rest)..];
            }

            // The other connections of this process must send too.
            await Task.Yield();
        }
    }

    private async Task ReadAsync()
    {
        byte[] input = new byte[4096];
        int filled = 0;
        while (await socket.ReceiveAsync(input.AsMemory(filled)) is > 0 and int bytes)
        {
            filled += bytes;
            int start = 0;
            while (filled - start >= FrameHeader.Size)
            {
                FrameHeader header = FrameHeader.Read(input.AsSpan(start));
                int end = start + FrameHeader.Size + (int)header.Length;
                if (end > filled)
                {
                    break;
                }

                TakeCredit(header, input.AsSpan(start + FrameHeader.Size, (int)header.Length));
                start = end;
            }

            input.AsSpan(start, filled - start).CopyTo(input);
            filled -= start;
        }
    }

    private void TakeCredit(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        for (; header.Kind == FrameKind.Credit && !payload.IsEmpty; payload = payload[FrameRules.CreditEntry..])
        {
            if (payload[0] == (byte)CreditClass.Notify)
            {
                Interlocked.Exchange(ref _limit, BinaryPrimitives.ReadInt64BigEndian(payload[1..]));
                _granted.Release();
            }
        }
    }

    private static byte[] CreateBurst()
    {
        byte[] burst = new byte[BurstFrames * FrameBytes];
        for (int i = 0; i < BurstFrames; i++)
        {
            new FrameHeader(BodyBytes, FrameKind.Notify, (FrameFlags)Lane.Normal, RawPacket.TypeCode, (ulong)i + 1)
                .Write(burst.AsSpan(i * FrameBytes));
        }

        return burst;
    }
}
