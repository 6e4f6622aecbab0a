namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// A whole session in some state of its life reads any sequence of bytes, while this node sends, answers, cancels and
/// lets time pass. The first byte of an input chooses the state, the second the actions of this node; the rest is the
/// stream.
/// </summary>
internal sealed class SessionTarget : IFuzzTarget
{
    private const int States = 6;

    public string Name => "session";

    // Enough for a session, its hellos, and the messages that this node sends.
    public long Allowance => 512 * 1024;

    public byte[] Generate(Random random)
    {
        FrameScript script = new(random);
        byte mode = (byte)random.Next(States);
        script.Begin(mode);
        if (mode == 0 && random.Next(4) != 0)
        {
            script.Frame(FrameKind.Hello, FakePeer.Encode(Given.Hello(2)));
        }

        for (int frames = random.Next(30); frames > 0; frames--)
        {
            script.Add();
        }

        return script.Bytes;
    }

    public void Execute(ReadOnlyMemory<byte> input)
    {
        if (input.Length < 2)
        {
            return;
        }

        using SessionRun run = new(input.Span[0] % States, input.Span[1]);
        for (ReadOnlyMemory<byte> rest = input[2..]; ;)
        {
            FrameDecoderStatus status = FrameDecoder.TryRead(
                rest.Span, SessionSettings.MaxFragment, out FrameHeader header);
            if (status == FrameDecoderStatus.TooLong)
            {
                run.Oversized(header);
            }

            if (status != FrameDecoderStatus.Complete)
            {
                break;
            }

            run.Receive(new Frame(header, rest.Slice(FrameHeader.Size, (int)header.Length)));
            rest = rest[(FrameHeader.Size + (int)header.Length)..];
        }

        run.End();
    }
}
