using System.Buffers;
using ActorP2P.Protocol.Tests.Discovery;

namespace ActorP2P.Protocol.Tests;

/// <summary>The code writes and reads exactly the bytes that docs/internals/protocol.md shows.</summary>
public class VectorTests
{
    private readonly ProtocolDocument _document = new();

    [Fact]
    public void The_frames_in_the_document_are_the_ones_the_code_writes()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("frames");
        IReadOnlyDictionary<string, string> written = FrameVectors.All();
        Assert.Equal(written.Keys.Order(), printed.Keys.Order());
        foreach ((string name, string hex) in written)
        {
            Assert.True(printed[name] == hex, $"{name}: {hex}");
        }
    }

    [Fact]
    public void Every_frame_kind_has_a_vector_that_obeys_the_rules()
    {
        HashSet<FrameKind> kinds = [];
        foreach ((string name, string hex) in _document.Vectors("frames"))
        {
            byte[] bytes = Convert.FromHexString(hex);
            Assert.Equal(FrameDecoderStatus.Complete,
                FrameDecoder.TryRead(bytes, SessionSettings.MaxFragment, out FrameHeader header));
            Assert.Equal(bytes.Length, FrameHeader.Size + (int)header.Length);
            Assert.True(FrameRules.FaultOf(header) is null, name);
            kinds.Add(header.Kind);
        }

        Assert.Equal(Enum.GetValues<FrameKind>().Except([FrameKind.DiscoveryControl]).Order(), kinds.Order());
    }

    [Fact]
    public void The_hello_in_the_document_reads_back_as_it_was_meant()
    {
        byte[] bytes = Convert.FromHexString(_document.Vectors("frames")["hello"]);
        Assert.True(HelloCodec.TryRead(bytes.AsSpan(FrameHeader.Size), out Hello? hello));
        Hello meant = FrameVectors.Hello;
        Assert.Equal(meant.CreditWindows, hello.CreditWindows);
        Assert.Equal(meant.ListenAddresses, hello.ListenAddresses);
        Assert.Equal(meant.Services, hello.Services);
        Assert.Empty(hello.SecretProofs);
        Assert.Equal(meant.State.ToArray(), hello.State.ToArray());
        Assert.Equal(meant, hello with
        {
            State = meant.State,
            SecretProofs = meant.SecretProofs,
            CreditWindows = meant.CreditWindows, ListenAddresses = meant.ListenAddresses, Services = meant.Services,
        });
    }

    [Fact]
    public void The_frames_in_the_document_do_to_a_session_what_it_says()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("frames");
        FakePeer peer = new();
        string[] script =
        [
            "hello", "ready", "ping", "request", "notify", "notify-tagged", "notify-first-fragment",
            "notify-middle-fragment",
            "notify-last-fragment", "broadcast", "response", "error", "credit", "reset", "gossip-dropped",
            "update", "update-all",
            "cancel", "goodbye",
        ];
        foreach (string name in script)
        {
            peer.SayRaw(Convert.FromHexString(printed[name]));
            Assert.True(peer.Session.State != SessionState.Refusing, name);
        }

        Assert.Equal(
            ["Ready", "Request", "Notify", "Notify", "Notify", "Broadcast", "MessageRefused", "BroadcastsAnnounced",
                "Updated", "Updated", "RequestCancelled", "Draining"],
            peer.End.Happened.Select(happening => happening.Event?.GetType().Name ?? $"{happening.Kind}"));
        Assert.Equal(["hi", "hi", "abc"], peer.End.Happened.Where(happening => happening.Kind == FrameKind.Notify)
            .Select(happening => System.Text.Encoding.UTF8.GetString(happening.Body)));
        Assert.Equal(printed["pong"],
            Convert.ToHexStringLower(
                FakePeer.Encode(FrameKind.Pong, [], peer.Heard(FrameKind.Pong).Single().Header.Id)));
        Assert.Equal(2, peer.Session.Counters.UnexpectedResponses);
    }

    [Fact]
    public void The_signed_broadcast_in_the_document_is_of_its_author()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("signed");
        byte[] bytes = Convert.FromHexString(printed["broadcast"]);
        FrameHeader header = FrameHeader.Read(bytes);
        byte[] body = bytes[FrameHeader.Size..];
        BroadcastHead head = BroadcastHead.Read(body);
        byte[] payload = body[BroadcastHead.Size..];
        using TestSigner reader = new();

        Assert.Null(FrameRules.FaultOf(header));
        Assert.Equal(body.Length, (int)header.Length);
        Assert.Equal(BroadcastId.Of("testnet", header.Type, head.Salt, payload), head.Id);
        Assert.True(AuthorBlock.IsValid(reader, "testnet", header.Type, head.Salt, payload));
        Assert.False(AuthorBlock.IsValid(reader, "othernet", header.Type, head.Salt, payload));
        Assert.Equal(7UL, AuthorBlock.SequenceOf(payload));
        Assert.Equal(printed["author"], $"{P256.IdOf(AuthorBlock.KeyOf(payload))}");
        Assert.Equal("news"u8.ToArray(), payload[AuthorBlock.Size..]);
    }

    [Fact]
    public void The_record_in_the_document_is_of_its_node()
    {
        IReadOnlyDictionary<string, string> printed = _document.Vectors("record");
        byte[] bytes = Convert.FromHexString(printed["record"]);

        Assert.True(NodeRecord.TryRead(bytes, out NodeRecord? record, out _));
        Assert.Equal(printed["text"], $"{record}");
        Assert.Equal(printed["node"], $"{record.Id}");
        Assert.Equal(
            ("testnet", 1_700_000_000_000UL, 1_700_000_000_000),
            (record.NetworkId, record.Sequence, record.UnixMilliseconds));
        Assert.Equal([new PeerAddress("192.0.2.1", 7000, record.Id)], record.Addresses);
        Assert.Equal(["chain"], record.Services);
    }

    [Fact]
    public void The_documented_numbers_and_tags_are_those_written()
    {
        foreach ((string name, string hex) in _document.Vectors("cmf"))
        {
            string[] parts = name.Split(' ');
            ArrayBufferWriter<byte> output = new();
            TagWriter tags = new(output);
            switch (parts[0])
            {
                case "varint":
                    output.Advance(Varint.Write(output.GetSpan(Varint.MaxSize), ulong.Parse(parts[1], null)));
                    break;
                case "number":
                    tags.Write(uint.Parse(parts[1], null), long.Parse(parts[2], null));
                    break;
                case "text":
                    tags.Write(uint.Parse(parts[1], null), parts[2]);
                    break;
                case "bytes":
                    tags.Write(uint.Parse(parts[1], null), Convert.FromHexString(parts[2]));
                    break;
                case "truth":
                    tags.Write(uint.Parse(parts[1], null), bool.Parse(parts[2]));
                    break;
                case "real":
                    tags.Write(uint.Parse(parts[1], null),
                        double.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
                    break;
                default:
                    Assert.Fail($"The document has a vector of an unknown kind: {name}");
                    break;
            }

            Assert.True(hex == Convert.ToHexStringLower(output.WrittenSpan),
                $"{name}: {Convert.ToHexStringLower(output.WrittenSpan)}");
        }

        Assert.InRange(_document.Vectors("cmf").Count, 10, 100);
    }
}
