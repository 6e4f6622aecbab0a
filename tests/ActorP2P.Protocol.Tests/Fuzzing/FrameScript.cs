namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>Writes sequences of frames for a session to read. Most are valid; some are slightly wrong.</summary>
internal sealed class FrameScript(Random random)
{
    private static readonly FrameKind[] Kinds = Enum.GetValues<FrameKind>();

    private readonly List<byte> _bytes = [];
    private ulong _nextStream = 1;

    public byte[] Bytes => [.. _bytes];

    public void Begin(byte mode)
    {
        _bytes.Add(mode);
        _bytes.Add((byte)random.Next(256));
    }

    public void Add()
    {
        switch (random.Next(17))
        {
            case 0:
                Fragments();
                break;
            case 1:
                Frame((FrameKind)random.Next(256), new byte[random.Next(40)], (FrameFlags)random.Next(256),
                    (ulong)random.Next(20));
                break;
            case 2:
                Frame(FrameKind.Broadcast,
                    Given.BroadcastBody(random.Next(100), (ulong)random.Next(5), (byte)random.Next(1, 34)), Lane());
                break;
            case 3:
                Frame(FrameKind.Credit, [(byte)random.Next(5), 0, 0, 0, 0, 0, (byte)random.Next(256), 0, 0]);
                break;
            case 4:
                Frame(FrameKind.Reset, [(byte)Message(), 0, (byte)random.Next(5)], id: (ulong)random.Next(10));
                break;
            case 5:
                Frame(random.Next(2) == 0 ? FrameKind.Error : FrameKind.Goodbye,
                    CodedText.Encode((ushort)random.Next(0x40), "text"),
                    random.Next(2) == 0 ? Lane() : FrameFlags.None);
                break;
            case 6:
                Frame(Kinds[random.Next(Kinds.Length)], [], id: (ulong)random.Next(10));
                break;
            case 7:
                Frame(FrameKind.Hello, FakePeer.Encode(Given.Hello((ulong)random.Next(1, 4))));
                break;
            case 8:
                Frame(FrameKind.GossipControl,
                    [(byte)random.Next(4), .. new byte[BroadcastId.Size * random.Next(0, 66)]]);
                break;
            case 9:
                Frame(FrameKind.Update, new Update(
                    random.Next(2) == 0 ? new byte[random.Next(1030)] : (ReadOnlyMemory<byte>?)null,
                    random.Next(2) == 0 ? BroadcastTypes.Of([(ushort)random.Next(512)]) : null).Encode());
                break;
            case 10 or 11 or 12:
                Stream();
                break;
            default:
                Frame(Message(), new byte[random.Next(random.Next(4) == 0 ? 66_000 : 100)], Lane(),
                    (ulong)random.Next(20));
                break;
        }
    }

    public void Frame(FrameKind kind, byte[] payload, FrameFlags flags = FrameFlags.None, ulong id = 0) =>
        _bytes.AddRange(FakePeer.Encode(kind, payload, id, flags));

    private void Stream()
    {
        ulong id = (ulong)random.Next(1, 10);
        byte[] number = [0, 0, 0, 0, 0, (byte)random.Next(3), 0, (byte)random.Next(3)];
        switch (random.Next(8))
        {
            case 0:
                Frame(FrameKind.StreamEnd, number, Lane(), id);
                break;
            case 1:
                Frame(FrameKind.StreamReset, CodedText.Encode((ushort)random.Next(300), "text"), id: id);
                break;
            case 2:
                Frame(FrameKind.StreamCredit, number, id: id);
                break;
            case 3 or 4:
                Frame(FrameKind.StreamOpen, new byte[random.Next(100)], Lane(), _nextStream);
                _nextStream += 2;
                break;
            default:
                Frame(FrameKind.StreamData, new byte[random.Next(random.Next(8) == 0 ? 66_000 : 2000)], Lane(),
                    _nextStream > 1 ? _nextStream - 2 : id);
                break;
        }
    }

    private void Fragments()
    {
        FrameKind kind = Message();
        FrameFlags lane = Lane();
        ulong id = (ulong)random.Next(10);
        byte[] body = kind == FrameKind.Broadcast
            ? Given.BroadcastBody(random.Next(300))
            : Given.Bytes(random.Next(1, 300));
        int cut = random.Next(Math.Max(1, body.Length - 1));
        byte[] total = new byte[Varint.MaxSize];
        int size = Varint.Write(total, random.Next(5) == 0 ? (ulong)random.Next() : (ulong)body.Length);
        Frame(kind, [.. total[..size], .. body[..cut]], lane | FrameFlags.First | FrameFlags.More, id);
        for (int between = random.Next(3); between > 0; between--)
        {
            Add();
        }

        if (random.Next(4) != 0)
        {
            Frame(kind, body[cut..], lane, id);
        }
    }

    private FrameKind Message() => random.Next(4) switch
    {
        0 => FrameKind.Request,
        1 => FrameKind.Response,
        2 => FrameKind.Notify,
        _ => FrameKind.Broadcast,
    };

    private FrameFlags Lane() => (FrameFlags)random.Next(1, 4);
}
