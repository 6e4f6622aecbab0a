using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// Encodes a hello as tagged fields. Unknown tags are skipped, so that later versions may add fields.
/// </summary>
internal static class HelloCodec
{
    /// <summary>
    /// The longest hello accepted, in bytes: about ten times the hello of a node with eight addresses.
    /// </summary>
    public const int MaxSize = 8 * 1024;

    /// <summary>The longest network id, in bytes of UTF-8.</summary>
    public const int MaxNetworkId = 64;

    /// <summary>The longest user agent, in bytes of UTF-8: Bitcoin's limit (BIP 14 implementations).</summary>
    public const int MaxUserAgent = 256;

    /// <summary>The most listen addresses in one hello.</summary>
    public const int MaxAddresses = 8;

    /// <summary>The most services in one hello: every high byte but the library's own.</summary>
    public const int MaxServices = 255;

    /// <summary>The longest name of a service, in bytes of UTF-8.</summary>
    public const int MaxServiceName = 64;

    /// <summary>The longest state of an application, in bytes.</summary>
    public const int MaxState = 1024;

    /// <summary>The tag of the application's state.</summary>
    public const uint StateTag = 19;

    /// <summary>The tag of the wanted broadcasts.</summary>
    public const uint WantedBroadcastsTag = 20;

    private const int MaxAddress = PeerAddress.MaxHostLength + 8;

    /// <summary>
    /// The length of a hello, in bytes. Every peer refuses one longer than <see cref="MaxSize"/>.
    /// </summary>
    public static int SizeOf(Hello hello)
    {
        ArrayBufferWriter<byte> output = new(512);
        Write(hello, output);
        return output.WrittenCount;
    }

    /// <summary>Writes a hello.</summary>
    public static void Write(Hello hello, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(hello);
        TagWriter tags = new(output);
        Span<byte> id = stackalloc byte[NodeId.Size];
        hello.NodeId.Claim.Write(id);

        tags.Write(Tag.NetworkId, hello.NetworkId);
        tags.Write(Tag.MinVersion, (ulong)hello.MinVersion);
        tags.Write(Tag.MaxVersion, (ulong)hello.MaxVersion);
        tags.Write(Tag.NodeId, id);
        WriteFixed(tags, Tag.InstanceId, hello.InstanceId);
        WriteFixed(tags, Tag.Nonce, hello.Nonce);
        tags.Write(Tag.UserAgent, hello.UserAgent);
        foreach (PeerAddress address in hello.ListenAddresses)
        {
            tags.Write(Tag.ListenAddress, address.WithoutId.ToString());
        }

        foreach (ServiceName service in hello.Services)
        {
            tags.Write(Tag.ServiceCode, (ulong)service.Code);
            tags.Write(Tag.ServiceName, service.Name);
        }

        for (int i = 0; i < CreditBook.Classes; i++)
        {
            tags.Write(Tag.FirstCreditWindow + (uint)i, (ulong)hello.CreditWindows[i]);
        }

        tags.Write(Tag.MaxMessage, (ulong)hello.MaxMessage);
        tags.Write(Tag.MaxRequests, (ulong)hello.MaxRequests);
        if (hello.MaxStreams > 0)
        {
            tags.Write(Tag.StreamWindow, (ulong)hello.StreamWindow);
            tags.Write(Tag.MaxStreams, (ulong)hello.MaxStreams);
        }

        tags.Write(Tag.UnixMilliseconds, hello.UnixMilliseconds);
        foreach (byte[] proof in hello.SecretProofs)
        {
            tags.Write(Tag.SecretProof, proof);
        }

        WriteOptional(hello, tags);
    }

    /// <summary>
    /// Reads a hello. Only form and bounds are checked here; the session decides whether the node is accepted.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Hello hello)
    {
        hello = null;
        HelloFields fields = new();
        TagReader tags = new(payload);
        while (payload.Length <= MaxSize && tags.TryRead())
        {
            if (!TryTake(ref tags, fields))
            {
                return false;
            }
        }

        return tags.AtEnd && fields.TryBuild(out hello);
    }

    /// <summary>Reads the application's state from the current field.</summary>
    public static bool TryReadState(TagReader tags, out ReadOnlyMemory<byte> state)
    {
        bool valid = tags.TryGet(out ReadOnlySpan<byte> bytes) && bytes.Length <= MaxState;
        state = valid ? bytes.ToArray() : default;
        return valid;
    }

    // A field that says nothing is left out, so that most hellos stay short.
    private static void WriteOptional(Hello hello, TagWriter tags)
    {
        if (!hello.State.IsEmpty)
        {
            tags.Write(StateTag, hello.State.Span);
        }

        if (!hello.WantedBroadcasts.IsAll)
        {
            hello.WantedBroadcasts.Write(tags, WantedBroadcastsTag);
        }

        if (hello.Features != 0)
        {
            tags.Write(Tag.Features, hello.Features);
        }
    }

    private static bool TryTake(ref TagReader tags, HelloFields fields) => tags.Tag switch
    {
        Tag.NetworkId => tags.TryGet(MaxNetworkId, out fields.NetworkId),
        Tag.MinVersion => tags.TryGet(int.MaxValue, out fields.MinVersion),
        Tag.MaxVersion => tags.TryGet(int.MaxValue, out fields.MaxVersion),
        Tag.NodeId => tags.TryGet(out ReadOnlySpan<byte> id) && fields.TryNodeId(id),
        Tag.InstanceId => TryGetFixed(tags, out fields.InstanceId),
        Tag.Nonce => TryGetFixed(tags, out fields.Nonce),
        Tag.UserAgent => tags.TryGet(MaxUserAgent, out fields.UserAgent),
        Tag.ListenAddress => tags.TryGet(MaxAddress, out string? address) && fields.TryAddress(address),
        Tag.ServiceCode => tags.TryGet(byte.MaxValue, out ulong code) && fields.TryServiceCode((byte)code),
        Tag.ServiceName => tags.TryGet(MaxServiceName, out string? name) && fields.TryServiceName(name),
        >= Tag.FirstCreditWindow and < Tag.FirstCreditWindow + CreditBook.Classes =>
            tags.TryGet(int.MaxValue, out fields.CreditWindows[tags.Tag - Tag.FirstCreditWindow]),
        Tag.MaxMessage => tags.TryGet(int.MaxValue, out fields.MaxMessage),
        Tag.MaxRequests => tags.TryGet(int.MaxValue, out fields.MaxRequests),
        Tag.UnixMilliseconds => tags.TryGet(out fields.UnixMilliseconds),
        StateTag => TryReadState(tags, out fields.State),
        WantedBroadcastsTag => BroadcastTypes.TryRead(tags, out fields.WantedBroadcasts),
        Tag.Features => tags.TryGet(out fields.Features),
        Tag.StreamWindow => tags.TryGet(int.MaxValue, out fields.StreamWindow),
        Tag.MaxStreams => tags.TryGet(int.MaxValue, out fields.MaxStreams),
        Tag.SecretProof => tags.TryGet(out ReadOnlySpan<byte> proof) && fields.TrySecretProof(proof),
        _ => true,
    };

    private static void WriteFixed(TagWriter tags, uint tag, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        tags.Write(tag, bytes);
    }

    private static bool TryGetFixed(TagReader tags, out ulong? value)
    {
        value = tags.TryGet(out ReadOnlySpan<byte> bytes) && bytes.Length == sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64BigEndian(bytes)
            : null;
        return value is not null;
    }

    private static class Tag
    {
        public const uint NetworkId = 1;
        public const uint MinVersion = 2;
        public const uint MaxVersion = 3;
        public const uint NodeId = 4;
        public const uint InstanceId = 5;
        public const uint Nonce = 6;
        public const uint UserAgent = 7;
        public const uint ListenAddress = 8;
        public const uint ServiceCode = 9;
        public const uint ServiceName = 10;
        public const uint FirstCreditWindow = 11;
        public const uint MaxMessage = 15;
        public const uint MaxRequests = 16;
        public const uint UnixMilliseconds = 17;
        public const uint SecretProof = 18;
        public const uint Features = 21;
        public const uint StreamWindow = 22;
        public const uint MaxStreams = 23;
    }
}
