using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Benchmarks;

/// <summary>The baseline of a question: sends a frame and receives one of the same size.</summary>
internal sealed class RawQuestion(Socket socket, int payloadBytes)
{
    private readonly byte[] _output = new byte[FrameHeader.Size + payloadBytes];
    private readonly byte[] _input = new byte[FrameHeader.Size + payloadBytes];
    private ulong _id;

    public async Task AskAsync()
    {
        new FrameHeader((uint)payloadBytes, FrameKind.Request, FrameFlags.None, Packet.TypeCode, ++_id).Write(_output);
        await socket.SendAsync(_output.AsMemory());
        for (int received = 0; received < _input.Length;)
        {
            int bytes = await socket.ReceiveAsync(_input.AsMemory(received));
            received += bytes > 0 ? bytes : throw new IOException("The raw server has closed the connection.");
        }
    }
}
