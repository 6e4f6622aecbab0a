using ActorP2P.Protocol.Tests.Discovery;

namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Records of nodes, with a signer that takes every signature for right: a record that is read is within all bounds,
/// and its text is read as the same record.
/// </summary>
internal sealed class RecordTarget : IFuzzTarget
{
    private static readonly ISigner s_signer = new AnySigner();

    public string Name => "record";

    // The text is made and read once more.
    public long Allowance => 64 * 1024;

    public byte[] Generate(Random random) => NodeRecord.Create(s_signer, new RecordFields
    {
        NetworkId = new string('n', random.Next(1, 65)),
        Sequence = (ulong)random.NextInt64(),
        UnixMilliseconds = random.NextInt64() - (long.MaxValue / 2),
        Addresses =
            [.. Enumerable.Range(0, random.Next(9)).Select(i => new PeerAddress($"h{i}", random.Next(1, 65_536)))],
        Services = [.. Enumerable.Range(0, random.Next(17)).Select(i => $"service {i}")],
    }).Bytes.ToArray();

    public void Execute(ReadOnlyMemory<byte> input)
    {
        bool isRecord = NodeRecord.TryRead(input.Span, out NodeRecord? record, out RecordFault fault, s_signer);
        FuzzException.Unless(isRecord == (fault == RecordFault.None), "a fault without a refusal, or the other way");
        if (record is null)
        {
            return;
        }

        FuzzException.Unless(input.Length <= NodeRecord.MaxBytes, "a record longer than the limit is accepted");
        FuzzException.Unless(record.Addresses.Count <= NodeRecord.MaxAddresses, "too many addresses are accepted");
        FuzzException.Unless(record.Services.Count <= NodeRecord.MaxServices, "too many services are accepted");
        FuzzException.Unless(
            record.Addresses.All(address => address.Port > 0 && address.Id == record.Id),
            "a wrong address is accepted");
        FuzzException.Unless(
            NodeRecord.TryParse(record.ToString(), out NodeRecord? again, out _, s_signer)
                && again.Bytes.Span.SequenceEqual(input.Span),
            "the text of a record is not read as that record");
    }
}
