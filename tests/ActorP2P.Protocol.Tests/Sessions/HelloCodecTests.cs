using System.Buffers;
using System.Text;

namespace ActorP2P.Protocol.Tests;

public class HelloCodecTests
{
    private delegate void Writing(TagWriter writer);

    public static TheoryData<string, string> OutOfBounds { get; } = new()
    {
        { "a network id of 65 bytes", Hex(tags => tags.Write(1, new string('n', 65))) },
        { "a network id that is bytes", Hex(tags => tags.Write(1, [1, 2])) },
        { "a version beyond 31 bits", Hex(tags => tags.Write(3, 1UL + int.MaxValue)) },
        { "a lowest version above the highest", Hex(tags => tags.Write(2, 9UL)) },
        { "a node id of 31 bytes", Hex(tags => tags.Write(4, new byte[31])) },
        { "an instance id of 7 bytes", Hex(tags => tags.Write(5, new byte[7])) },
        { "a nonce that is a number", Hex(tags => tags.Write(6, 5UL)) },
        { "a user agent of 257 bytes", Hex(tags => tags.Write(7, new string('u', 257))) },
        { "an address without a port", Hex(tags => tags.Write(8, "example.org")) },
        { "an address with port 0", Hex(tags => tags.Write(8, "example.org:0")) },
        { "a service code beyond a byte", Hex(tags => tags.Write(9, 256UL)) },
        { "a service code without a name", Hex(tags => tags.Write(9, 7UL)) },
        { "a service name without a code", Hex(tags => tags.Write(10, "x")) },
        { "a service code twice", Hex(tags => { tags.Write(9, 1UL); tags.Write(10, "x"); }) },
        { "a service name of 65 bytes", Hex(tags => { tags.Write(9, 7UL); tags.Write(10, new string('s', 65)); }) },
        { "a window too small for a frame", Hex(tags => tags.Write(12, (ulong)SessionSettings.MinCreditWindow - 1)) },
        { "a window beyond 31 bits", Hex(tags => tags.Write(14, 1UL + int.MaxValue)) },
        { "a message limit below a frame", Hex(tags => tags.Write(15, (ulong)SessionSettings.MinMaxMessage - 1)) },
        { "fewer requests than any node serves", Hex(tags => tags.Write(16, (ulong)SessionSettings.MinRequests - 1)) },
        { "streams without a window", Hex(tags => { tags.Write(22, 0UL); tags.Write(23, 1UL); }) },
        { "a window of streams below the least", Hex(tags => { tags.Write(22, 8191UL); tags.Write(23, 1UL); }) },
        { "a window of streams beyond 31 bits", Hex(tags => tags.Write(22, 1UL + int.MaxValue)) },
        { "streams beyond 31 bits", Hex(tags => tags.Write(23, 1UL + int.MaxValue)) },
        { "a time beyond 63 bits", Hex(tags => tags.Write(17, ulong.MaxValue)) },
        { "a state of 1,025 bytes", Hex(tags => tags.Write(19, new byte[1025])) },
        { "a state that is a text", Hex(tags => tags.Write(19, "height 7")) },
        { "half a broadcast type", Hex(tags => tags.Write(20, [1, 2, 3])) },
        { "broadcast types that are not sorted", Hex(tags => tags.Write(20, [1, 2, 1, 1])) },
        { "a broadcast type twice", Hex(tags => tags.Write(20, [1, 2, 1, 2])) },
        { "513 broadcast types", Hex(tags => tags.Write(20, Ascending(513))) },
        { "no as the wanted broadcasts", Hex(tags => tags.Write(20, false)) },
        { "features that are bytes", Hex(tags => tags.Write(21, [1])) },
    };

    [Fact]
    public void A_hello_reads_back()
    {
        Hello hello = Given.Hello(7) with
        {
            MinVersion = 1,
            MaxVersion = int.MaxValue,
            CreditWindows = [70_000, 70_001, 70_002, int.MaxValue],
            ListenAddresses = [new PeerAddress("2001:db8::1", 65535), new PeerAddress("seed.example.org", 1)],
            Services = [new ServiceName(0, ""), new ServiceName(255, "last")],
            UnixMilliseconds = -1,
            StreamWindow = int.MaxValue,
            MaxStreams = 3,
            SecretProofs = [[.. Enumerable.Range(0, 32).Select(i => (byte)i)], new byte[32]],
            State = new byte[1024],
            WantedBroadcasts = BroadcastTypes.Of([0xffff, 0x0100, 0x0100]),
            Features = ulong.MaxValue,
        };
        Assert.True(HelloCodec.TryRead(FakePeer.Encode(hello), out Hello? read));
        Assert.Equal(hello.ListenAddresses, read.ListenAddresses);
        Assert.Equal(hello.Services, read.Services);
        Assert.Equal(hello.CreditWindows, read.CreditWindows);
        Assert.Equal(hello.SecretProofs, read.SecretProofs);
        Assert.Equal(hello.State.ToArray(), read.State.ToArray());
        Assert.Equal([0x0100, 0xffff], read.WantedBroadcasts.Listed);
        Assert.Equal(hello, read with
        {
            SecretProofs = hello.SecretProofs, State = hello.State,
            ListenAddresses = hello.ListenAddresses, Services = hello.Services, CreditWindows = hello.CreditWindows,
        });
    }

    [Fact]
    public void Texts_of_a_hello_are_cleaned_where_they_enter()
    {
        Hello dirty = Given.Hello(7) with
        {
            UserAgent = "agent\u001b[31m\r\nWarning: all is lost",
            Services = [new ServiceName(7, "chat\u202e")],
        };
        Assert.True(HelloCodec.TryRead(FakePeer.Encode(dirty), out Hello? read));
        Assert.Equal("agent\ufffd[31m\ufffd\ufffdWarning: all is lost", read.UserAgent);
        Assert.Equal("chat\ufffd", read.Services[0].Name);
    }

    [Fact]
    public void A_wildcard_address_of_a_peer_is_skipped()
    {
        Hello hello = Given.Hello(7) with
        {
            ListenAddresses = [new PeerAddress("0.0.0.0", 1), new PeerAddress("::", 1),
                new PeerAddress("192.0.2.1", 1)],
        };
        Assert.True(HelloCodec.TryRead(FakePeer.Encode(hello), out Hello? read));
        Assert.Equal([new PeerAddress("192.0.2.1", 1)], read.ListenAddresses);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\u2028", false)]
    [InlineData("äöü", false)]
    [InlineData("äö", true)]
    [InlineData("\ud83d\ude00", true)]
    public void A_text_that_a_peer_would_refuse_or_change_is_refused(string? text, bool allowed)
    {
        Exception? refused = Record.Exception(() => HelloText.Require(text, 1, 5, "NetworkId"));
        Assert.Equal(allowed, refused is null);
        Assert.Equal(allowed ? null : "NetworkId", (refused as ArgumentException)?.ParamName);
    }

    // This is a test of its own because the runner cannot pass an unpaired surrogate to a test.
    [Fact]
    public void A_text_with_half_a_surrogate_pair_is_refused() =>
        Assert.Throws<ArgumentException>(() => HelloText.Require("a\ud800", 1, 64, "NetworkId"));

    [Fact]
    public void Every_truncated_hello_is_refused_or_lacks_its_end()
    {
        byte[] bytes = FakePeer.Encode(Given.Hello(7));
        int taken = 0;
        for (int length = 0; length < bytes.Length; length++)
        {
            taken += HelloCodec.TryRead(bytes.AsSpan(0, length), out Hello? hello) && hello.UnixMilliseconds != 0
                ? 1
                : 0;
        }

        Assert.Equal(0, taken);
    }

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void A_field_out_of_bounds_is_refused(string what, string hex)
    {
        byte[] good = FakePeer.Encode(Given.Hello(7));
        Assert.True(HelloCodec.TryRead(good, out _));
        Assert.False(HelloCodec.TryRead([.. good, .. Convert.FromHexString(hex)], out _), what);
    }

    [Fact]
    public void A_field_that_every_node_has_may_not_be_missing()
    {
        byte[] good = FakePeer.Encode(Given.Hello(7));
        uint[] required = [1, 4, 5, 6, 11, 12, 13, 14, 15, 16];
        foreach (uint tag in required)
        {
            Assert.False(HelloCodec.TryRead(Without(good, tag), out _), $"tag {tag}");
        }

        Assert.True(HelloCodec.TryRead(Without(good, 7), out Hello? hello));
        Assert.Empty(hello.UserAgent);
    }

    [Fact]
    public void Fields_of_a_later_version_are_skipped()
    {
        byte[] bytes = [.. FakePeer.Encode(Given.Hello(7)), .. Convert.FromHexString(Hex(tags =>
        {
            tags.Write(99, "later");
            tags.Write(100_000, 1.5);
            tags.Write(27, true);
        }))];
        Assert.True(HelloCodec.TryRead(bytes, out _));
    }

    [Fact]
    public void Reserved_fields_are_skipped_whatever_their_type()
    {
        IReadOnlyList<(int Code, string Name, string Text)> reserved = new ProtocolDocument().Codes("Reserved fields");
        Assert.Equal([24, 25, 26], reserved.Select(row => row.Code));
        Hello plain = Given.Hello(7);
        foreach (uint tag in reserved.Select(row => (uint)row.Code))
        {
            string[] fields = [Hex(tags => tags.Write(tag, 5UL)), Hex(tags => tags.Write(tag, [1, 2])),
                Hex(tags => tags.Write(tag, "text")), Hex(tags => tags.Write(tag, true))];
            foreach (string field in fields)
            {
                byte[] bytes = [.. FakePeer.Encode(plain), .. Convert.FromHexString(field)];
                Assert.True(HelloCodec.TryRead(bytes, out Hello? hello), $"{tag}: {field}");
                Assert.Equal(FakePeer.Encode(plain), FakePeer.Encode(hello));
            }
        }
    }

    [Fact]
    public void Absent_means_all_broadcasts_and_empty_means_none()
    {
        byte[] plain = FakePeer.Encode(Given.Hello(7));
        Assert.True(HelloCodec.TryRead(plain, out Hello? absent));
        Assert.True(absent.WantedBroadcasts.IsAll);
        Assert.True(absent.WantedBroadcasts.Includes(0x0101));

        byte[] empty = [.. plain, .. Convert.FromHexString(Hex(tags => tags.Write(20, Ascending(0))))];
        Assert.True(HelloCodec.TryRead(empty, out Hello? none));
        Assert.False(none.WantedBroadcasts.IsAll);
        Assert.False(none.WantedBroadcasts.Includes(0x0101));

        byte[] most = [.. plain, .. Convert.FromHexString(Hex(tags => tags.Write(20, Ascending(512))))];
        Assert.True(HelloCodec.TryRead(most, out Hello? some));
        Assert.Equal(512, some.WantedBroadcasts.Listed.Count);
        Assert.True(some.WantedBroadcasts.Includes(511));
        Assert.False(some.WantedBroadcasts.Includes(512));
    }

    [Fact]
    public void More_types_than_a_hello_can_list_become_all() =>
        Assert.True(BroadcastTypes.Of(Enumerable.Range(0, 513).Select(code => (ushort)code)).IsAll);

    [Theory]
    [InlineData(31, 1)]
    [InlineData(33, 1)]
    [InlineData(32, 3)]
    public void Proofs_of_another_length_or_number_are_refused(int bytes, int proofs)
    {
        Hello hello = Given.Hello(7) with { SecretProofs = [.. Enumerable.Repeat(new byte[bytes], proofs)] };
        Assert.False(HelloCodec.TryRead(FakePeer.Encode(hello), out _));
    }

    [Fact]
    public void Eight_addresses_are_taken_and_a_ninth_is_not()
    {
        PeerAddress[] addresses = [.. Enumerable.Range(1, 9).Select(port => new PeerAddress("192.0.2.1", port))];
        Assert.True(
            HelloCodec.TryRead(FakePeer.Encode(Given.Hello(7) with { ListenAddresses = addresses[..8] }), out _));
        Assert.False(HelloCodec.TryRead(FakePeer.Encode(Given.Hello(7) with { ListenAddresses = addresses }), out _));
    }

    [Fact]
    public void A_hello_longer_than_the_limit_is_refused()
    {
        byte[] filler = [.. FakePeer.Encode(Given.Hello(7)),
            .. Convert.FromHexString(Hex(tags => tags.Write(99, new byte[HelloCodec.MaxSize])))];
        Assert.False(HelloCodec.TryRead(filler, out _));
    }

    private static byte[] Without(byte[] hello, uint tag)
    {
        List<byte> kept = [];
        TagReader tags = new(hello);
        int begin = 0;
        while (tags.TryRead())
        {
            if (tags.Tag != tag)
            {
                kept.AddRange(hello.AsSpan(begin, tags.Consumed - begin).ToArray());
            }

            begin = tags.Consumed;
        }

        return [.. kept];
    }

    private static byte[] Ascending(int types) =>
        [.. Enumerable.Range(0, types).SelectMany(code => new byte[] { (byte)(code >> 8), (byte)code })];

    private static string Hex(Writing writing)
    {
        ArrayBufferWriter<byte> output = new();
        writing(new TagWriter(output));
        return Convert.ToHexStringLower(output.WrittenSpan);
    }

    [Fact]
    public void Replacement_characters_do_not_exceed_the_bound_of_a_text()
    {
        Hello said = Given.Hello(1) with
        {
            UserAgent = new string('\u0002', HelloCodec.MaxUserAgent),
            Services = [new ServiceName(1, new string('s', HelloCodec.MaxServiceName - 1) + "\u0002")],
        };
        ArrayBufferWriter<byte> output = new();
        HelloCodec.Write(said, output);

        Assert.True(HelloCodec.TryRead(output.WrittenSpan, out Hello? hello));
        Assert.InRange(Encoding.UTF8.GetByteCount(hello.UserAgent), 250, HelloCodec.MaxUserAgent);
        Assert.Equal(new string('s', HelloCodec.MaxServiceName - 1), hello.Services[0].Name);
    }
}
