using System.Buffers;
using ActorP2P.Protocol;
using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>
/// Six tagged values of the kinds that a message has: two integers, a boolean, a double, a text and 32 bytes.
/// </summary>
public class TaggedCodecBenchmarks
{
    private readonly ArrayBufferWriter<byte> _output = new(256);
    private readonly byte[] _hash = new byte[32];
    private byte[] _written = [];

    [GlobalSetup]
    public void Prepare()
    {
        Write();
        _written = _output.WrittenSpan.ToArray();
    }

    [Benchmark]
    public int Write()
    {
        _output.ResetWrittenCount();
        TagWriter tags = new(_output);
        tags.Write(1, 823_467UL);
        tags.Write(2, -5L);
        tags.Write(3, true);
        tags.Write(4, 0.25);
        tags.Write(5, "12.34.56.78:9000");
        tags.Write(6, _hash);
        return _output.WrittenCount;
    }

    /// <summary>Reads everything except the text in place, as a reader does that keeps nothing.</summary>
    [Benchmark]
    public ulong Read()
    {
        TagReader tags = new(_written);
        ulong sum = 0;
        while (tags.TryRead())
        {
            sum += Judge(ref tags);
        }

        return tags.AtEnd ? sum : throw new InvalidOperationException("The values could not be read.");
    }

    private static ulong Judge(ref TagReader tags) => tags.Tag switch
    {
        1 when tags.TryGet(out ulong number) => number,
        2 when tags.TryGet(out long number) => (ulong)number,
        3 when tags.TryGet(out bool truth) => truth ? 1UL : 0,
        4 when tags.TryGet(out double real) => (ulong)real,
        6 when tags.TryGet(out ReadOnlySpan<byte> bytes) => bytes[0],
        _ => 0,
    };
}
