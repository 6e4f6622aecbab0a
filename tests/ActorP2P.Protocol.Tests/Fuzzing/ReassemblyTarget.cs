namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Fragments in any order. The budget always holds exactly the totals of open and waiting messages, the memory follows
/// the received bytes, and a complete message has the bytes with which it was sent. Six bytes of the input describe one
/// fragment.
/// </summary>
internal sealed class ReassemblyTarget : IFuzzTarget
{
    private const int Step = 6;

    private static readonly SessionSettings Settings = new SessionSettings { MaxMessage = 1 << 20 }.Validated();
    private static readonly byte[] Content = Given.Bytes(2 << 20);
    private static readonly FrameKind[] Kinds = [FrameKind.Request, FrameKind.Response, FrameKind.Notify,
        FrameKind.Broadcast];

    public string Name => "reassembly";

    // The input describes the fragments and does not contain them. Their buffers are counted separately.
    public long Allowance => 16 << 20;

    public byte[] Generate(Random random)
    {
        byte[] bytes = new byte[Step * random.Next(40)];
        random.NextBytes(bytes);
        for (int at = 0; at < bytes.Length; at += Step)
        {
            bytes[at + 1] &= 3;
        }

        return bytes;
    }

    public void Execute(ReadOnlyMemory<byte> input)
    {
        MemoryBudget memory = Given.Memory(new ReassemblyBudget(2 << 20));
        int granted = 0;
        Reassembly reassembly = new(memory, Settings) { RoomGranted = () => granted++ };
        Dictionary<(FrameKind Kind, ulong Id), (int Total, int Came, bool Wanted)> open = [];
        long came = 0;
        for (ReadOnlySpan<byte> rest = input.Span; rest.Length >= Step; rest = rest[Step..])
        {
            came += rest[4] * rest[4];
            if (!Take(rest[..Step], memory, reassembly, open))
            {
                break;
            }

            Admit(reassembly, ref granted);
            FuzzException.Unless(memory.Reassembly.Reserved == Wanted(open, isReply: false),
                "the budget differs from the totals of the wanted messages");
            long replies = Wanted(open, isReply: true);
            FuzzException.Unless(
                memory.Replies.Reserved <= Math.Min(replies, memory.Replies.Capacity),
                "the room for replies is out of its bounds");
            FuzzException.Unless(
                memory.Replies.Waiting > 0 || memory.Replies.Reserved == replies,
                "a message has no room, but nothing waits for room");
            FuzzException.Unless(reassembly.Count == open.Count, "the number of open messages is wrong");
            FuzzException.Unless(
                reassembly.Held <= (8 * came) + (open.Count * 4096), "more bytes are held than have arrived");
        }

        reassembly.Clear();
        FuzzException.Unless(
            memory.Reassembly.Reserved == 0 && memory.Replies is { Reserved: 0, Waiting: 0 } && reassembly.Held == 0,
            "room is still reserved at the end");
    }

    private static long Wanted(
        Dictionary<(FrameKind Kind, ulong Id), (int Total, int Came, bool Wanted)> open, bool isReply) =>
        open.Where(message => message.Value.Wanted && message.Key.Kind == FrameKind.Response == isReply).Sum(
            message => (long)message.Value.Total);

    private static void Admit(Reassembly reassembly, ref int granted)
    {
        int admitted = 0;
        while (reassembly.NextAdmitted(TimeSpan.Zero) is { } message)
        {
            FuzzException.Unless(message.Reserved == message.Total, "a message was admitted without room");
            admitted++;
        }

        // The number of grants may be larger than the number of admitted messages, because some were given up in
        // between.
        FuzzException.Unless(admitted <= granted, "more messages were admitted than grants were given");
        granted = 0;
    }

    private static bool Take(
        ReadOnlySpan<byte> step, MemoryBudget memory, Reassembly reassembly,
        Dictionary<(FrameKind Kind, ulong Id), (int Total, int Came, bool Wanted)> open)
    {
        (FrameKind Kind, ulong Id) key = (Kinds[step[0] & 3], step[1]);
        bool isOpen = open.TryGetValue(key, out (int Total, int Came, bool Wanted) message);
        FrameFlags lane = (FrameFlags)(1 + (step[1] % 3));
        int length = step[4] * step[4];
        switch ((step[0] >> 2) & 7)
        {
            case 0 or 1:
                int total = (step[2] << 12) | step[3];
                FrameHeader first = new(0, key.Kind, lane | FrameFlags.First | FrameFlags.More, 1, key.Id);
                bool wanted = (step[5] & 7) != 0;
                (DisconnectReason? fault, ResetReason? refusal) = reassembly.Begin(
                    TimeSpan.Zero, first, (ulong)total, Content.AsSpan(0, length), wanted, credit: 1 << 20);
                FuzzException.Unless(!isOpen || fault is not null, "a second first fragment was accepted");
                if (fault is null)
                {
                    open[key] = (total, length, refusal is null or ResetReason.Hold);
                }

                return fault is null || fault == DisconnectReason.TooManyFragmentedMessages;
            case 2:
                FuzzException.Unless(
                    reassembly.Discard(key.Kind, key.Id) == (isOpen && message.Wanted), "discard gives a wrong answer");
                if (isOpen)
                {
                    open[key] = message with { Wanted = false };
                }

                return true;
            case 3:
                reassembly.Forget(key.Kind, key.Id);
                open.Remove(key);
                return true;
            default:
                return Continue(step, key, lane, isOpen, message, memory, reassembly, open);
        }
    }

    private static bool Continue(
        ReadOnlySpan<byte> step, (FrameKind Kind, ulong Id) key, FrameFlags lane, bool isOpen,
        (int Total, int Came, bool Wanted) message,
        MemoryBudget memory, Reassembly reassembly,
        Dictionary<(FrameKind Kind, ulong Id), (int Total, int Came, bool Wanted)> open)
    {
        bool last = (step[5] & 1) != 0;
        int missing = message.Total - message.Came;
        int length = last && (step[5] & 2) == 0 ? Math.Min(missing, 1 << 20) : step[4] * step[4];
        FrameHeader header = new(0, key.Kind, lane | (last ? FrameFlags.None : FrameFlags.More), 1, key.Id);
        (DisconnectReason? fault, OpenMessage? complete) = reassembly.Continue(
            TimeSpan.Zero, header, Content.AsSpan(Math.Min(message.Came, 1 << 20), length));
        FuzzException.Unless(isOpen || fault is not null, "a fragment of no open message was accepted");
        if (fault is not null)
        {
            return false;
        }

        open[key] = message with { Came = message.Came + length };
        if (last)
        {
            open.Remove(key);
            FuzzException.Unless(
                complete is not null == message.Wanted,
                "a complete message was not given, or an unwanted one was given");
            if (complete is not null)
            {
                FuzzException.Unless(
                    complete.Buffer!.Array.AsSpan(0, complete.Total).SequenceEqual(Content.AsSpan(0, complete.Total)),
                    "bytes are in a wrong position");
                complete.Discard();
                memory.Release(
                    key.Kind == FrameKind.Response ? CreditClass.Response : CreditClass.Request, complete.Reserved);
            }
        }

        return true;
    }
}
