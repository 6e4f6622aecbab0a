using System.Buffers;

namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Tagged values and tagged headers: a parsed value lies within the bytes, and the reader always advances.
/// </summary>
internal sealed class TagTarget : IFuzzTarget
{
    public string Name => "tags";

    public long Allowance => 4096;

    public byte[] Generate(Random random)
    {
        ArrayBufferWriter<byte> output = new();
        TagWriter tags = new(output);
        for (int i = random.Next(8); i >= 0; i--)
        {
            uint tag = (uint)(random.Next(3) == 0 ? random.Next() : random.Next(40));
            switch (random.Next(6))
            {
                case 0:
                    tags.Write(tag, (ulong)random.NextInt64());
                    break;
                case 1:
                    tags.Write(tag, -random.NextInt64());
                    break;
                case 2:
                    tags.Write(tag, new string('x', random.Next(20)));
                    break;
                case 3:
                    tags.Write(tag, new byte[random.Next(300)]);
                    break;
                case 4:
                    tags.Write(tag, random.NextDouble());
                    break;
                default:
                    tags.Write(tag, random.Next(2) == 0);
                    break;
            }
        }

        return output.WrittenSpan.ToArray();
    }

    public void Execute(ReadOnlyMemory<byte> input)
    {
        TagReader tags = new(input.Span);
        int before = 0;
        while (tags.TryRead())
        {
            FuzzException.Unless(
                tags.Consumed > before && tags.Consumed <= input.Length,
                "the reader does not advance within the input");
            before = tags.Consumed;
            bool any =
                tags.TryGet(out ulong _) | tags.TryGet(out long _) | tags.TryGet(out bool _) | tags.TryGet(out double _)
                | tags.TryGet(out ReadOnlySpan<byte> bytes) | tags.TryGet(int.MaxValue, out string? _);
            FuzzException.Unless(any || tags.Type is TagType.Text or TagType.Negative, "a tag has no readable value");
            FuzzException.Unless(bytes.Length <= input.Length, "a value is longer than the input");
        }

        FuzzException.Unless(tags.AtEnd != tags.IsMalformed, "the reader stopped and does not say why");
        bool headers = TaggedHeaders.TryRead(input.Span, out int consumed, out _);
        if (headers
            && TaggedHeaders.TryReadTrace(input.Span[..consumed], out ReadOnlySpan<byte> context, out string? state))
        {
            FuzzException.Unless(
                context.Length == TaggedHeaders.TraceContextSize, "the trace context has another size");
            FuzzException.Unless(
                state is null or { Length: > 0 and <= TaggedHeaders.MaxTraceState },
                "the trace state is out of bounds");
        }

        FuzzException.Unless(
            !headers || consumed <= Math.Min(input.Length, TaggedHeaders.MaxSize), "the headers exceed the input");
    }
}
