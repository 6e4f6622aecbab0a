using System.Buffers;

namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Hellos: a hello that parses is within all bounds, and when it is written again it parses to the same.
/// </summary>
internal sealed class HelloTarget : IFuzzTarget
{
    public string Name => "hello";

    // The hello is written once more and read again.
    public long Allowance => 64 * 1024;

    public byte[] Generate(Random random) => Encode(Given.Hello((ulong)random.Next()) with
    {
        NetworkId = new string('n', random.Next(66)),
        UserAgent = new string('u', random.Next(258)),
        MinVersion = random.Next(2),
        MaxVersion = random.Next(3),
        ListenAddresses =
            [.. Enumerable.Range(0, random.Next(10)).Select(i => new PeerAddress($"h{i}", random.Next(65_536)))],
        Services =
            [.. Enumerable.Range(0, random.Next(5))
                .Select(i => new ServiceName((byte)i, new string('s', random.Next(66))))],
        MaxRequests = random.Next(1000),
        State = new byte[random.Next(1026)],
        WantedBroadcasts = random.Next(3) switch
        {
            0 => BroadcastTypes.All,
            1 => BroadcastTypes.None,
            _ => BroadcastTypes.Of(Enumerable.Range(0, random.Next(514)).Select(_ => (ushort)random.Next(65_536))),
        },
        Features = (ulong)random.NextInt64(),
        CreditWindows = [.. Enumerable.Range(0, 4).Select(_ => random.Next(60_000, 600_000))],
    });

    public void Execute(ReadOnlyMemory<byte> input)
    {
        if (!HelloCodec.TryRead(input.Span, out Hello? hello))
        {
            return;
        }

        FuzzException.Unless(input.Length <= HelloCodec.MaxSize, "a hello longer than the limit is accepted");
        FuzzException.Unless(hello.ListenAddresses.Count <= HelloCodec.MaxAddresses, "too many addresses are accepted");
        FuzzException.Unless(hello.Services.Count <= HelloCodec.MaxServices, "too many services are accepted");
        FuzzException.Unless(hello.State.Length <= HelloCodec.MaxState, "too long a state is accepted");
        FuzzException.Unless(
            hello.CreditWindows.All(window => window >= SessionSettings.MinCreditWindow),
            "too small a window is accepted");
        FuzzException.Unless(hello.MinVersion >= 0
            && hello.MinVersion <= hello.MaxVersion, "versions out of order are accepted");
        byte[] again = Encode(hello);
        FuzzException.Unless(
            HelloCodec.TryRead(again, out Hello? read) && Encode(read).AsSpan().SequenceEqual(again),
            "a hello is not read as it was written");
    }

    private static byte[] Encode(Hello hello)
    {
        ArrayBufferWriter<byte> output = new();
        HelloCodec.Write(hello, output);
        return output.WrittenSpan.ToArray();
    }
}
