using System.Text;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>
/// Frames that break a rule after an honest handshake. Each ends the session with a reason of its own.
/// </summary>
[Collection(SocketsCollection.Name)]
public sealed class FrameFaultTests
{
    private const byte First = RawPeer.Normal | (byte)FrameFlags.First | (byte)FrameFlags.More;
    private const byte More = RawPeer.Normal | (byte)FrameFlags.More;

    /// <summary>Frames of kinds that must have a payload, without one. One such frame crashed BDK.</summary>
    public static TheoryData<Network, FrameKind, byte> KindsThatAreNeverEmpty { get; } = Rows(
        (FrameKind.Credit, 0), (FrameKind.Goodbye, 0), (FrameKind.Reset, 0),
        (FrameKind.Error, RawPeer.Normal), (FrameKind.Broadcast, RawPeer.Normal));

    /// <summary>Kinds with a reserved flag, or with a flag that they must not have.</summary>
    public static TheoryData<Network, FrameKind, byte> FlagsOutOfPlace { get; } = Rows(
        (FrameKind.Notify, RawPeer.Normal | 0x20), (FrameKind.Notify, RawPeer.Normal | 0x80), (FrameKind.Ping, 0x40),
        (FrameKind.Ping, (byte)Lane.High), (FrameKind.Notify, (byte)Lane.Control),
        (FrameKind.Notify, RawPeer.Normal | 0x04));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_length_above_the_maximum_is_refused_early(Network network) => EndsAsync(
        network, DisconnectReason.FrameTooLong,
        RawPeer.Frame(FrameKind.Notify, null, RawPeer.Normal, Text.TypeCode, 1, length: 65_537));

    [Theory, MemberData(nameof(KindsThatAreNeverEmpty))]
    public Task A_frame_of_length_zero_without_its_payload_is_refused(
        Network network, FrameKind kind, byte flags) =>
            EndsAsync(network, DisconnectReason.InvalidLength, RawPeer.Frame(kind, null, flags));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_unknown_kind_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.UnknownKind, RawPeer.Frame((FrameKind)0x77, [1]));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_kind_that_was_not_negotiated_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.NotNegotiated, RawPeer.Frame(FrameKind.DiscoveryControl, [1]));

    [Theory, MemberData(nameof(FlagsOutOfPlace))]
    public Task Flags_that_are_reserved_or_out_of_place_are_refused(Network network, FrameKind kind, byte flags) =>
        EndsAsync(
            network, DisconnectReason.InvalidFlags, RawPeer.Frame(kind, kind == FrameKind.Ping ? null : [65], flags));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_type_on_a_frame_that_has_none_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.MalformedFrame, RawPeer.Frame(FrameKind.Ping, type: 5, id: 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Headers_that_do_not_parse_are_refused(Network network) => EndsAsync(
        network, DisconnectReason.MalformedHeaders,
        RawPeer.Frame(FrameKind.Notify, [0x07], RawPeer.Normal | 0x10, Text.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_unknown_class_of_credit_is_refused(Network network) =>
        EndsAsync(
            network, DisconnectReason.MalformedFrame, RawPeer.Frame(FrameKind.Credit, [9, 0, 0, 0, 0, 0, 0, 0, 1]));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task An_ack_without_a_goodbye_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.UnexpectedFrame, RawPeer.Frame(FrameKind.GoodbyeAck));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_fragment_of_a_message_that_never_began_is_out_of_place(Network network) =>
        EndsAsync(
            network, DisconnectReason.FragmentOutOfPlace, RawPeer.Frame(FrameKind.Notify, [1], More, Blob.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_second_beginning_of_a_message_is_out_of_place(Network network) => EndsAsync(
        network, DisconnectReason.FragmentOutOfPlace, Beginning(1, 100_000, 10), Beginning(1, 100_000, 10));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_fragment_in_another_lane_is_out_of_place(Network network) => EndsAsync(
        network, DisconnectReason.FragmentOutOfPlace, Beginning(1, 100_000, 10),
        RawPeer.Frame(FrameKind.Notify, [1], (byte)Lane.Bulk | (byte)FrameFlags.More, Blob.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Fragments_beyond_their_total_are_refused(Network network) => EndsAsync(
        network, DisconnectReason.FragmentTotalMismatch, Beginning(1, 100, 50),
        RawPeer.Frame(FrameKind.Notify, new byte[60], More, Blob.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Fragments_that_end_short_of_their_total_are_refused(Network network) => EndsAsync(
        network, DisconnectReason.FragmentTotalMismatch, Beginning(1, 100, 50),
        RawPeer.Frame(FrameKind.Notify, new byte[40], RawPeer.Normal, Blob.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_first_fragment_that_is_the_whole_message_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.FragmentTotalMismatch, Beginning(1, 10, 10));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_fifth_fragmented_message_in_one_lane_is_too_many(Network network) => EndsAsync(
        network, DisconnectReason.TooManyFragmentedMessages,
        [.. Enumerable.Range(1, 5).Select(i => Beginning((ulong)i, 100_000, 10))]);

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_claimed_total_beyond_the_longest_message_is_refused(Network network) =>
        EndsAsync(network, DisconnectReason.MessageTooLong, Beginning(1, 128 * 1024 * 1024, 10));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Frames_without_credit_are_refused(Network network) => Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();

        // The window is 256 KiB and is granted again only when a handler has ended; this handler never ends.
        byte[] burst = [.. Enumerable.Range(0, 5).SelectMany(i => RawPeer.Frame(
            FrameKind.Request, new byte[65_000], RawPeer.Normal, Blob.TypeCode, (ulong)i))];
        await raw.SendAsync(burst);

        await arena.ExpectRefusalAsync(raw, DisconnectReason.CreditExceeded);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_request_id_that_is_open_already_is_refused(Network network) => Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        byte[] request = RawPeer.Frame(
            FrameKind.Request, Encoding.UTF8.GetBytes("wait"), RawPeer.Normal, Blob.TypeCode, 7);
        await raw.SendAsync([.. request, .. request]);
        await arena.ExpectRefusalAsync(raw, DisconnectReason.DuplicateRequestId);
    });

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_broadcast_whose_id_is_not_its_content_is_refused(Network network)
    {
        byte[] body = Broadcasts.Body("news");
        body[^1] ^= 1;
        return EndsAsync(network, DisconnectReason.BroadcastIdMismatch,
            RawPeer.Frame(FrameKind.Broadcast, body, RawPeer.Normal, Text.TypeCode, 1));
    }

    [Theory, ClassData(typeof(AllNetworks))]
    public Task A_broadcast_beyond_the_hop_limit_is_refused(Network network) => EndsAsync(
        network, DisconnectReason.HopLimitExceeded,
        RawPeer.Frame(FrameKind.Broadcast, Broadcasts.Body("far", hops: 33), RawPeer.Normal, Text.TypeCode, 1));

    [Theory, ClassData(typeof(AllNetworks))]
    public Task Flowees_misdeclared_frame_gets_a_goodbye_without_memory(Network network) =>
        Arena.RunAsync(network, async arena =>
        {
            using RawPeer raw = await arena.DialReadyAsync();

            // The payload has eight bytes and claims to be the beginning of a message of six bytes.
            await raw.SendAsync(RawPeer.Frame(FrameKind.Request, [6, 1, 2, 3, 4, 5, 6, 7], First, Text.TypeCode, 1));

            IReadOnlyList<RawFrame> frames = await raw.ReadToEndAsync();
            raw.Dispose();
            RawFrame only = Assert.Single(frames);
            Assert.Equal(FrameKind.Goodbye, only.Kind);
            Assert.InRange(only.Payload.Length, 2, 2 + CodedText.MaxText);
            Assert.Equal(DisconnectReason.FragmentTotalMismatch, (await arena.EndOfAsync(raw)).Reason);
        });

    internal static byte[] Beginning(ulong id, ulong total, int bytes, FrameKind kind = FrameKind.Notify)
    {
        byte[] prefix = new byte[Varint.SizeOf(total)];
        Varint.Write(prefix, total);
        return RawPeer.Frame(kind, [.. prefix, .. new byte[bytes]], First, Blob.TypeCode, id);
    }

    private static Task EndsAsync(Network network, DisconnectReason reason, params byte[][] frames) =>
        Arena.RunAsync(network, async arena =>
    {
        using RawPeer raw = await arena.DialReadyAsync();
        await raw.SendAsync([.. frames.SelectMany(frame => frame)]);
        await arena.ExpectRefusalAsync(raw, reason);
    });

    private static TheoryData<Network, FrameKind, byte> Rows(params (FrameKind Kind, int Flags)[] rows)
    {
        TheoryData<Network, FrameKind, byte> data = [];
        foreach ((FrameKind kind, int flags) in rows)
        {
            foreach (Network network in Enum.GetValues<Network>())
            {
                data.Add(network, kind, (byte)flags);
            }
        }

        return data;
    }
}
