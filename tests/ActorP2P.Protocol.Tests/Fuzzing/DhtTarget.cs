using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol.Tests.Discovery;

namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Messages of the distributed hash table: one that is read is within all bounds, and is written as it was read unless
/// it has fields of a later version; its records are read by the rules of records. The first byte of an input chooses
/// the message.
/// </summary>
internal sealed class DhtTarget : IFuzzTarget
{
    private static readonly AnySigner s_signer = new();

    public string Name => "dht";

    // A message is written once more, and each record is read.
    public long Allowance => 128 * 1024;

    public byte[] Generate(Random random)
    {
        byte[] record = NodeRecord.Create(s_signer, new RecordFields
        {
            NetworkId = "n", Sequence = 1, UnixMilliseconds = random.Next(), Services = ["s"],
            Addresses = [new PeerAddress("192.0.2.1", random.Next(1, 65_536))],
        }).Bytes.ToArray();
        byte[] key = new byte[DhtKey.Size];
        random.NextBytes(key);
        ReadOnlyMemory<byte>[] records =
            [.. Enumerable.Range(0, random.Next(22)).Select(_ => new ReadOnlyMemory<byte>(record))];
        byte kind = (byte)random.Next(6);
        IMessage message = kind switch
        {
            0 => new FindNode(new DhtKey(key), record, random.Next(2) == 0),
            1 => new FoundNodes(record, records),
            2 => new GetProviders(new DhtKey(key), default),
            3 => new FoundProviders(records, records),
            4 => new AddProvider(new DhtKey(key), record),
            _ => new ProviderAdded((ProviderOutcome)random.Next(256)),
        };
        return [kind, .. Bytes(message)];
    }

    public void Execute(ReadOnlyMemory<byte> input)
    {
        if (input.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<byte> payload = input.Span[1..];
        IMessage? message = (input.Span[0] % 6) switch
        {
            0 => Read<FindNode>(payload),
            1 => Read<FoundNodes>(payload),
            2 => Read<GetProviders>(payload),
            3 => Read<FoundProviders>(payload),
            4 => Read<AddProvider>(payload),
            _ => Read<ProviderAdded>(payload),
        };
        IReadOnlyList<ReadOnlyMemory<byte>> nodes =
            (message as FoundNodes)?.Nodes ?? (message as FoundProviders)?.Nodes ?? [];
        IReadOnlyList<ReadOnlyMemory<byte>> providers = (message as FoundProviders)?.Providers ?? [];
        FuzzException.Unless(nodes.Count <= DhtLimits.Closest, "too many nodes are accepted");
        FuzzException.Unless(providers.Count <= DhtLimits.MaxProviders, "too many providers are accepted");
        FuzzException.Unless(
            nodes.Concat(providers).All(static record => record.Length is > 0 and <= NodeRecord.MaxBytes),
            "a record that is too long is accepted");
        CheckRecords(nodes);
    }

    private static void CheckRecords(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        RecordReader reader = new("n", s_signer);
        foreach (ReadOnlyMemory<byte> record in records)
        {
            bool isRead = reader.TryRead(record, fromInternet: true, 1000, out DhtContact? contact, out _);
            FuzzException.Unless(isRead == contact is not null, "a contact without a record, or the other way");
            FuzzException.Unless(
                contact is null || contact.Record.NetworkId == "n", "a record of another network is accepted");
        }
    }

    private static byte[] Bytes(IMessage message)
    {
        ArrayBufferWriter<byte> output = new();
        message.Write(output);
        return output.WrittenSpan.ToArray();
    }

    [return: MaybeNull]
    private static T Read<T>(ReadOnlySpan<byte> payload)
        where T : class, IMessage<T>
    {
        if (!T.TryRead(payload, out T? message))
        {
            return null;
        }

        byte[] again = Bytes(message);
        FuzzException.Unless(again.Length <= payload.Length, "a message is longer than it was read");
        FuzzException.Unless(
            T.TryRead(again, out T? read) && Bytes(read).AsSpan().SequenceEqual(again),
            "a message is not read as it was written");
        return message;
    }
}
