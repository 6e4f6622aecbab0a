using ActorP2P.Protocol;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>
/// Writes headers and payloads one after the other and decodes the frames again. The time is for one frame.
/// </summary>
public class FrameCodecBenchmarks
{
    private const int Frames = 32;
    private const int MaxPayload = 64 * 1024;
    private byte[] _payload = [];
    private byte[] _stream = [];

    /// <summary>The length of the payload in bytes.</summary>
    [Params(32, 1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _payload = new byte[Size];
        _stream = new byte[Frames * (FrameHeader.Size + Size)];
        Write();
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public int Write()
    {
        Span<byte> rest = _stream;
        for (ulong id = 0; id < Frames; id++)
        {
            new FrameHeader((uint)Size, FrameKind.Notify, (FrameFlags)Lane.Normal, 0x4201, id).Write(rest);
            _payload.CopyTo(rest[FrameHeader.Size..]);
            rest = rest[(FrameHeader.Size + Size)..];
        }

        return rest.Length;
    }

    [Benchmark(OperationsPerInvoke = Frames)]
    public ulong Read()
    {
        ReadOnlySpan<byte> rest = _stream;
        ulong ids = 0;
        while (FrameDecoder.TryRead(rest, MaxPayload, out FrameHeader header) == FrameDecoderStatus.Complete)
        {
            ids += header.Id;
            rest = rest[(FrameHeader.Size + (int)header.Length)..];
        }

        return ids;
    }
}
