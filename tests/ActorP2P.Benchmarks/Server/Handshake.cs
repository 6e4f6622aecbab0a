using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The handshake as bytes, for far ends that are not nodes: Hello, HelloAck, Ready, and unlimited credit.
/// </summary>
internal static class Handshake
{
    private const int CreditEntry = 9;

    /// <summary>
    /// Does the handshake with a node. When the task has completed, the socket is a peer of the node.
    /// </summary>
    /// <returns>The node's answer: header and payload.</returns>
    public static async Task<byte[]> DoAsync(Socket socket, ulong number)
    {
        ArrayBufferWriter<byte> output = new();
        WriteHello(output, number);
        await socket.SendAsync(output.WrittenMemory);

        byte[] header = new byte[FrameHeader.Size];
        await ReceiveAllAsync(socket, header);
        byte[] answer = [.. header, .. new byte[FrameHeader.Read(header).Length]];
        await ReceiveAllAsync(socket, answer.AsMemory(FrameHeader.Size));

        output.ResetWrittenCount();
        WriteFrame(output, FrameKind.Ready, []);
        WriteFrame(output, FrameKind.Credit, EndlessCredit());
        await socket.SendAsync(output.WrittenMemory);
        return answer;
    }

    private static void WriteHello(ArrayBufferWriter<byte> output, ulong number)
    {
        byte[] id = new byte[NodeId.Size];
        BinaryPrimitives.WriteUInt64BigEndian(id, number);
        ArrayBufferWriter<byte> hello = new();
        HelloCodec.Write(
            new Hello
            {
                NetworkId = "bench",
                MinVersion = PeerSession.ProtocolVersion,
                MaxVersion = PeerSession.ProtocolVersion,
                NodeId = new ClaimedNodeId(new NodeId(id)),
                InstanceId = number,
                Nonce = number,
                CreditWindows = [1 << 20, 1 << 20, 1 << 20, 1 << 20],
                MaxMessage = 1 << 20,
                MaxRequests = 256,
                UnixMilliseconds = 0,
            },
            hello);
        WriteFrame(output, FrameKind.Hello, hello.WrittenSpan);
    }

    private static byte[] EndlessCredit()
    {
        byte[] payload = new byte[CreditBook.Classes * CreditEntry];
        for (int i = 0; i < CreditBook.Classes; i++)
        {
            payload[i * CreditEntry] = (byte)i;
            BinaryPrimitives.WriteUInt64BigEndian(payload.AsSpan((i * CreditEntry) + 1), 1UL << 62);
        }

        return payload;
    }

    private static void WriteFrame(ArrayBufferWriter<byte> output, FrameKind kind, ReadOnlySpan<byte> payload)
    {
        new FrameHeader((uint)payload.Length, kind, FrameFlags.None, 0, 0).Write(output.GetSpan(FrameHeader.Size));
        output.Advance(FrameHeader.Size);
        output.Write(payload);
    }

    private static async Task ReceiveAllAsync(Socket socket, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int bytes = await socket.ReceiveAsync(buffer);
            buffer = bytes > 0 ? buffer[bytes..] : throw new IOException("The node has ended the handshake.");
        }
    }
}
