using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// The fields of the messages of the distributed hash table. Those that a message does not have must not be there.
/// Fields of later versions are skipped.
/// </summary>
internal sealed class DhtFields
{
    /// <summary>The key; null when it is missing.</summary>
    public DhtKey? Key { get; private set; }

    /// <summary>The sender's own record, as it is on the wire; empty when it is missing.</summary>
    public ReadOnlyMemory<byte> Own { get; private set; }

    /// <summary>Whether the sender asks for the record of the node that answers.</summary>
    public bool WantsRecord { get; private set; }

    /// <summary>Records of nodes.</summary>
    public List<ReadOnlyMemory<byte>> Nodes { get; } = [];

    /// <summary>Records of providers.</summary>
    public List<ReadOnlyMemory<byte>> Providers { get; } = [];

    /// <summary>The outcome; null when it is missing.</summary>
    public byte? Outcome { get; private set; }

    /// <summary>Writes a key.</summary>
    public static void Write(IBufferWriter<byte> output, DhtKey key) =>
        new TagWriter(output).Write(Tag.Key, key.ToBytes());

    /// <summary>Writes the sender's own record, unless it is empty.</summary>
    public static void WriteOwn(IBufferWriter<byte> output, ReadOnlyMemory<byte> record)
    {
        if (!record.IsEmpty)
        {
            new TagWriter(output).Write(Tag.Own, record.Span);
        }
    }

    /// <summary>Writes that the record of the node that answers is wanted.</summary>
    public static void WriteWantsRecord(IBufferWriter<byte> output) =>
        new TagWriter(output).Write(Tag.WantsRecord, true);

    /// <summary>Writes records of nodes.</summary>
    public static void WriteNodes(IBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> records) =>
        Write(output, Tag.Node, records);

    /// <summary>Writes records of providers.</summary>
    public static void WriteProviders(IBufferWriter<byte> output, IReadOnlyList<ReadOnlyMemory<byte>> records) =>
        Write(output, Tag.Provider, records);

    /// <summary>Writes an outcome.</summary>
    public static void WriteOutcome(IBufferWriter<byte> output, byte outcome) =>
        new TagWriter(output).Write(Tag.Outcome, (ulong)outcome);

    /// <summary>Reads the fields, in the order of their tags.</summary>
    /// <param name="payload">The whole message.</param>
    /// <param name="allowed">The fields that the message may have.</param>
    /// <returns>The fields; null when they do not parse or break a bound.</returns>
    public static DhtFields? Read(ReadOnlySpan<byte> payload, DhtFieldSet allowed)
    {
        DhtFields fields = new();
        TagReader tags = new(payload);
        uint last = 0;
        while (tags.TryRead())
        {
            bool mayRepeat = tags.Tag is Tag.Node or Tag.Provider or > Tag.Outcome;
            if (tags.Tag < last || (tags.Tag == last && !mayRepeat) || !fields.TryTake(tags, allowed))
            {
                return null;
            }

            last = tags.Tag;
        }

        return tags.AtEnd ? fields : null;
    }

    private static void Write(IBufferWriter<byte> output, uint tag, IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        TagWriter tags = new(output);
        foreach (ReadOnlyMemory<byte> record in records)
        {
            tags.Write(tag, record.Span);
        }
    }

    private static bool TryRecord(TagReader tags, out ReadOnlyMemory<byte> record)
    {
        bool isRecord = tags.TryGet(out ReadOnlySpan<byte> bytes) && bytes.Length is > 0 and <= NodeRecord.MaxBytes;
        record = isRecord ? bytes.ToArray() : default;
        return isRecord;
    }

    private bool TryTake(TagReader tags, DhtFieldSet allowed)
    {
        ReadOnlyMemory<byte> record;
        switch (tags.Tag)
        {
            case Tag.Key when allowed.HasFlag(DhtFieldSet.Key):
                bool isKey = tags.TryGet(out ReadOnlySpan<byte> bytes) && bytes.Length == DhtKey.Size;
                Key = isKey ? new DhtKey(bytes) : null;
                return isKey;
            case Tag.Own when allowed.HasFlag(DhtFieldSet.Own) && TryRecord(tags, out record):
                Own = record;
                return true;
            case Tag.WantsRecord when allowed.HasFlag(DhtFieldSet.WantsRecord) && tags.TryGet(out bool isWanted):
                WantsRecord = isWanted;
                return true;
            case Tag.Node when allowed.HasFlag(DhtFieldSet.Nodes) && Nodes.Count < DhtLimits.Closest
                && TryRecord(tags, out record):
                Nodes.Add(record);
                return true;
            case Tag.Provider when allowed.HasFlag(DhtFieldSet.Providers) && Providers.Count < DhtLimits.MaxProviders
                && TryRecord(tags, out record):
                Providers.Add(record);
                return true;
            case Tag.Outcome when allowed.HasFlag(DhtFieldSet.Outcome) && tags.TryGet(byte.MaxValue, out ulong outcome):
                Outcome = (byte)outcome;
                return true;
            default:
                return tags.Tag > Tag.Outcome;
        }
    }

    private static class Tag
    {
        public const uint Key = 1;
        public const uint Own = 2;
        public const uint WantsRecord = 3;
        public const uint Node = 4;
        public const uint Provider = 5;
        public const uint Outcome = 6;
    }
}
