namespace ActorP2P.Protocol.Tests;

public class FrameRulesTests
{
    private const int Fragment = SessionSettings.MaxFragment;

    /// <summary>
    /// For each kind: whether it is a message with flags, the least and the greatest length, and whether it may have a
    /// type and an id.
    /// </summary>
    private static readonly (FrameKind Kind, bool Message, uint Least, uint Most, bool Type, bool Id)[] Rules =
    [
        (FrameKind.Hello, false, 1, 8192, false, false),
        (FrameKind.HelloAck, false, 1, 8192, false, false),
        (FrameKind.Ready, false, 0, 0, false, false),
        (FrameKind.Ping, false, 0, 0, false, true),
        (FrameKind.Pong, false, 0, 0, false, true),
        (FrameKind.Credit, false, 9, 36, false, false),
        (FrameKind.Goodbye, false, 2, 258, false, false),
        (FrameKind.GoodbyeAck, false, 0, 0, false, false),
        (FrameKind.Update, false, 1, 2100, false, false),
        (FrameKind.Request, true, 0, Fragment, true, true),
        (FrameKind.Response, true, 0, Fragment, true, true),
        (FrameKind.Error, false, 2, 258, false, true),
        (FrameKind.Cancel, false, 0, 0, false, true),
        (FrameKind.Reset, false, 3, 3, false, true),
        (FrameKind.Notify, true, 0, Fragment, true, true),
        (FrameKind.Broadcast, true, 1, Fragment, true, true),
        (FrameKind.GossipControl, false, 17, 1025, false, false),
        (FrameKind.StreamOpen, false, 0, Fragment, true, true),
        (FrameKind.StreamData, false, 1, Fragment, false, true),
        (FrameKind.StreamEnd, false, 8, 8, false, true),
        (FrameKind.StreamReset, false, 2, 258, false, true),
        (FrameKind.StreamCredit, false, 8, 8, false, true),
    ];

    [Fact]
    public void Every_kind_has_its_rules_here() => Assert.Equal(
        Enum.GetValues<FrameKind>().Except([FrameKind.DiscoveryControl]), Rules.Select(rule => rule.Kind));

    [Fact]
    public void Lengths_are_within_the_kinds_bounds()
    {
        foreach ((FrameKind kind, _, uint least, uint most, _, _) in Rules)
        {
            uint[] lengths = [0, 1, 2, 3, 4, 8, 9, 10, 16, 17, 18, 33, 27, 35, 36, 37, 45, 257, 258, 259, 1009, 1024,
                1025, 1026, 1041, 2099, 2100, 2101, 8191, 8192, 8193, Fragment, Fragment + 1, uint.MaxValue];
            foreach (uint length in lengths)
            {
                bool valid = length >= least && length <= most && (kind != FrameKind.Credit || length % 9 == 0)
                    && (kind != FrameKind.GossipControl || length % 16 == 1);
                Check(new FrameHeader(length, kind, Flags(kind), 0, 0), valid ? null : DisconnectReason.InvalidLength);
            }
        }
    }

    [Fact]
    public void Every_flags_byte_is_judged_as_the_kind_allows()
    {
        foreach ((FrameKind kind, bool message, uint least, _, _, _) in Rules)
        {
            for (int flags = 0; flags < 256; flags++)
            {
                int lane = flags & 3;
                bool first = (flags & 4) != 0;
                bool more = (flags & 8) != 0;
                bool tagged = (flags & 16) != 0;
                bool valid = (flags & 0xe0) == 0
                    && (message ? lane != 0 && (!first || more) && (!tagged || first || !more)
                    : HasLane(kind) ? lane != 0 && flags < 4
                    : flags == 0);
                Check(
                    new FrameHeader(
                        Math.Max(1, least) * (least == 0 && !message ? 0U : 1U), kind, (FrameFlags)flags, 0, 0),
                    valid ? null : DisconnectReason.InvalidFlags);
            }
        }
    }

    [Fact]
    public void A_fragment_carries_at_least_a_byte()
    {
        FrameFlags more = (FrameFlags)Lane.Normal | FrameFlags.More;
        Check(new FrameHeader(0, FrameKind.Notify, more, 0, 0), DisconnectReason.InvalidLength);
        Check(new FrameHeader(1, FrameKind.Notify, more, 0, 0), null);
    }

    [Fact]
    public void Types_and_ids_are_zero_where_they_have_no_meaning()
    {
        foreach ((FrameKind kind, _, uint least, _, bool type, bool id) in Rules)
        {
            Check(new FrameHeader(least, kind, Flags(kind), 1, 0), type ? null : DisconnectReason.MalformedFrame);
            Check(new FrameHeader(least, kind, Flags(kind), 0, 1), id ? null : DisconnectReason.MalformedFrame);
        }
    }

    [Fact]
    public void Every_other_kind_is_unknown_or_not_negotiated()
    {
        for (int value = 0; value < 256; value++)
        {
            FrameKind kind = (FrameKind)value;
            if (Rules.All(rule => rule.Kind != kind))
            {
                Check(new FrameHeader(0, kind, FrameFlags.None, 0, 0),
                    value is 0x31 ? DisconnectReason.NotNegotiated : DisconnectReason.UnknownKind);
            }
        }
    }

    private static FrameFlags Flags(FrameKind kind) =>
        FrameRules.CarriesMessage(kind) || HasLane(kind) ? (FrameFlags)Lane.Normal : FrameFlags.None;

    // Kinds that have a lane and none of the other flags.
    private static bool HasLane(FrameKind kind) =>
        kind is FrameKind.Error or FrameKind.StreamOpen or FrameKind.StreamData or FrameKind.StreamEnd;

    private static void Check(FrameHeader header, DisconnectReason? expected) =>
        Assert.True(expected == FrameRules.FaultOf(header), $"{header}: {FrameRules.FaultOf(header)}, not {expected}");
}
