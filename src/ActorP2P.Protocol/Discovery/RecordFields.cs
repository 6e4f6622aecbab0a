using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>The fields of a <see cref="NodeRecord"/>, while it is made or read.</summary>
internal sealed class RecordFields
{
    /// <summary>The network; null while it has not been read.</summary>
    public string? NetworkId { get; set; }

    /// <summary>The number of the record; null while it has not been read.</summary>
    public ulong? Sequence { get; set; }

    /// <summary>The node's clock; null while it has not been read.</summary>
    public long? UnixMilliseconds { get; set; }

    /// <summary>Where the node can be dialled, without its id.</summary>
    public List<PeerAddress> Addresses { get; init; } = [];

    /// <summary>The names of services.</summary>
    public List<string> Services { get; init; } = [];

    /// <summary>Writes the fields, in the order of their tags.</summary>
    public void Write(IBufferWriter<byte> output)
    {
        TagWriter tags = new(output);
        tags.Write(Tag.NetworkId, NetworkId);
        tags.Write(Tag.Sequence, Sequence!.Value);
        tags.Write(Tag.UnixMilliseconds, UnixMilliseconds!.Value);
        foreach (PeerAddress address in Addresses)
        {
            tags.Write(Tag.Address, address.WithoutId.ToString());
        }

        foreach (string service in Services)
        {
            tags.Write(Tag.Service, service);
        }
    }

    /// <summary>The same fields with only as many services, and then addresses, as fit.</summary>
    /// <param name="room">The bytes for all fields.</param>
    public RecordFields Fitted(int room)
    {
        RecordFields fitted = new()
        {
            NetworkId = NetworkId,
            Sequence = Sequence,
            UnixMilliseconds = UnixMilliseconds,
            Addresses = [.. Addresses.Take(NodeRecord.MaxAddresses)],
            Services = [.. Services.Take(NodeRecord.MaxServices)],
        };
        while (fitted.Size > room)
        {
            if (fitted.Services.Count > 0)
            {
                fitted.Services.RemoveAt(fitted.Services.Count - 1);
            }
            else
            {
                fitted.Addresses.RemoveAt(fitted.Addresses.Count - 1);
            }
        }

        return fitted;
    }

    /// <summary>
    /// Reads fields in the order of their tags, so that the same fields have the same bytes. Fields of later versions
    /// are skipped.
    /// </summary>
    public RecordFault Read(ReadOnlySpan<byte> bytes)
    {
        TagReader tags = new(bytes);
        uint last = 0;
        while (tags.TryRead())
        {
            bool mayRepeat = tags.Tag is Tag.Address or Tag.Service or > Tag.Service;
            if (tags.Tag < last || (tags.Tag == last && !mayRepeat))
            {
                return RecordFault.Malformed;
            }

            last = tags.Tag;
            RecordFault fault = Take(tags);
            if (fault != RecordFault.None)
            {
                return fault;
            }
        }

        return !tags.AtEnd ? RecordFault.Malformed
            : NetworkId is null || Sequence is null || UnixMilliseconds is null ? RecordFault.InvalidField
            : RecordFault.None;
    }

    private int Size
    {
        get
        {
            ArrayBufferWriter<byte> output = new(NodeRecord.MaxBytes);
            Write(output);
            return output.WrittenCount;
        }
    }

    private RecordFault Take(TagReader tags)
    {
        switch (tags.Tag)
        {
            case Tag.NetworkId when tags.TryGet(HelloCodec.MaxNetworkId, out string? network) && Prints(network):
                NetworkId = network;
                return RecordFault.None;
            case Tag.Sequence when tags.TryGet(out ulong sequence):
                Sequence = sequence;
                return RecordFault.None;
            case Tag.UnixMilliseconds when tags.TryGet(out long milliseconds):
                UnixMilliseconds = milliseconds;
                return RecordFault.None;
            case Tag.NetworkId or Tag.Sequence or Tag.UnixMilliseconds:
                return RecordFault.InvalidField;
            case Tag.Address:
                return TryAddress(tags) ? RecordFault.None : RecordFault.InvalidAddress;
            case Tag.Service:
                return TryService(tags) ? RecordFault.None : RecordFault.InvalidService;
            default:
                return tags.Tag == 0 ? RecordFault.Malformed : RecordFault.None;
        }
    }

    // An address is written in one way only, and one that nobody can dial is not there.
    private bool TryAddress(TagReader tags)
    {
        if (Addresses.Count == NodeRecord.MaxAddresses
            || !tags.TryGet(PeerAddress.MaxHostLength + 8, out string? text)
            || !PeerAddress.TryParse(text, out PeerAddress? address) || address.Port == 0 || address.Id is not null
            || address.IsWildcard || address.ToString() != text || Addresses.Contains(address))
        {
            return false;
        }

        Addresses.Add(address);
        return true;
    }

    private bool TryService(TagReader tags)
    {
        if (Services.Count == NodeRecord.MaxServices || !tags.TryGet(HelloCodec.MaxServiceName, out string? name)
            || !Prints(name) || Services.Contains(name))
        {
            return false;
        }

        Services.Add(name);
        return true;
    }

    private static bool Prints(string text) => text.Length > 0 && PrintableText.IsPrintable(text);

    private static class Tag
    {
        public const uint NetworkId = 1;
        public const uint Sequence = 2;
        public const uint UnixMilliseconds = 3;
        public const uint Address = 4;
        public const uint Service = 5;
    }
}
