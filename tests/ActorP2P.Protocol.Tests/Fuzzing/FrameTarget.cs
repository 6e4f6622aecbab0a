namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Cuts a sequence of bytes into frames: no byte is read beyond the input, and every header is judged.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    public string Name => "frames";

    public long Allowance => 4096;

    public byte[] Generate(Random random)
    {
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        for (int at = 0; at + 3 < bytes.Length; at += FrameHeader.Size)
        {
            bytes[at] = bytes[at + 1] = bytes[at + 2] = 0;
        }

        return bytes;
    }

    public void Execute(ReadOnlyMemory<byte> input)
    {
        ReadOnlySpan<byte> rest = input.Span;
        byte[] again = new byte[FrameHeader.Size];
        while (FrameDecoder.TryRead(rest, SessionSettings.MaxFragment, out FrameHeader header)
            == FrameDecoderStatus.Complete)
        {
            header.Write(again);
            FuzzException.Unless(
                rest[..FrameHeader.Size].SequenceEqual(again), "a header is not written as it was read");
            bool lawful = FrameRules.FaultOf(header) is null;
            FuzzException.Unless(!lawful || Enum.IsDefined(header.Kind), "an unknown kind is accepted");
            FuzzException.Unless(!lawful || (header.Flags & FrameFlags.Reserved) == 0, "a reserved flag is accepted");
            rest = rest[(FrameHeader.Size + (int)header.Length)..];
        }
    }
}
