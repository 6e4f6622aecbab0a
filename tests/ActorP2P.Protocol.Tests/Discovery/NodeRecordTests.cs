using System.Buffers;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>Records that nodes sign: what is read is what was signed, and nothing else is read.</summary>
public sealed class NodeRecordTests : IDisposable
{
    private const int FieldsOffset = 1 + P256.KeySize + P256.SignatureSize;

    private readonly TestSigner _signer = new();

    private delegate void Writing(TagWriter tags);

    public static TheoryData<string, string, RecordFault> Unfit { get; } = new()
    {
        { "no network", Fields(tags => { tags.Write(2, 1UL); tags.Write(3, 1UL); }), RecordFault.InvalidField },
        { "no number", Fields(tags => { tags.Write(1, "n"); tags.Write(3, 1UL); }), RecordFault.InvalidField },
        { "no time", Fields(tags => { tags.Write(1, "n"); tags.Write(2, 1UL); }), RecordFault.InvalidField },
        { "an empty network", Fields(tags => tags.Write(1, "")), RecordFault.InvalidField },
        { "a long network", Fields(tags => tags.Write(1, new string('n', 65))), RecordFault.InvalidField },
        { "a network that does not print", Fields(tags => tags.Write(1, "a\nb")), RecordFault.InvalidField },
        { "a number that is a text", Fields(tags => { tags.Write(1, "n"); tags.Write(2, "1"); }),
            RecordFault.InvalidField },
        { "fields out of order", Fields(tags => { tags.Write(2, 1UL); tags.Write(1, "n"); }), RecordFault.Malformed },
        { "a number twice", Fields(tags => { tags.Write(1, "n"); tags.Write(2, 1UL); tags.Write(2, 2UL); }),
            RecordFault.Malformed },
        { "a field 0", Fields(tags => tags.Write(0, true)), RecordFault.Malformed },
        { "half a field", Good() + "22", RecordFault.Malformed },
        { "an address without a port", Good(tags => tags.Write(4, "example.org")), RecordFault.InvalidAddress },
        { "port 0", Good(tags => tags.Write(4, "example.org:0")), RecordFault.InvalidAddress },
        { "a wildcard", Good(tags => tags.Write(4, "0.0.0.0:1")), RecordFault.InvalidAddress },
        { "an address in another spelling", Good(tags => tags.Write(4, "[0::1]:1")), RecordFault.InvalidAddress },
        { "an address twice", Good(tags => { tags.Write(4, "a:1"); tags.Write(4, "a:1"); }),
            RecordFault.InvalidAddress },
        { "nine addresses", Good(tags =>
            {
                for (int port = 1; port <= 9; port++)
                {
                    tags.Write(4, $"a:{port}");
                }
            }), RecordFault.InvalidAddress },
        { "an address with an id", Good(tags => tags.Write(4, $"p2p://{NodeId.FromPublicKey([1])}@a:1")),
            RecordFault.InvalidAddress },
        { "a service without a name", Good(tags => tags.Write(5, "")), RecordFault.InvalidService },
        { "a service twice", Good(tags => { tags.Write(5, "s"); tags.Write(5, "s"); }), RecordFault.InvalidService },
        { "a long service", Good(tags => tags.Write(5, new string('s', 65))), RecordFault.InvalidService },
        { "seventeen services", Good(tags =>
            {
                for (int i = 1; i <= 17; i++)
                {
                    tags.Write(5, $"{i}");
                }
            }), RecordFault.InvalidService },
    };

    public void Dispose() => _signer.Dispose();

    [Fact]
    public void A_record_reads_back_as_bytes_and_as_text()
    {
        NodeRecord record = Create(7);
        Assert.True(NodeRecord.TryRead(record.Bytes.Span, out NodeRecord? read, out RecordFault fault));
        Assert.True(NodeRecord.TryParse(record.ToString(), out NodeRecord? parsed, out _));
        Assert.Equal(RecordFault.None, fault);
        foreach (NodeRecord next in (NodeRecord[])[record, read, parsed])
        {
            Assert.Equal(_signer.Id, next.Id);
            Assert.Equal(("testnet", 7UL, 1_700_000_000_000), (next.NetworkId, next.Sequence, next.UnixMilliseconds));
            Assert.Equal(
                [new PeerAddress("192.0.2.1", 7000, _signer.Id), new PeerAddress("example.org", 1, _signer.Id)],
                next.Addresses);
            Assert.Equal(["chess/1"], next.Services);
            Assert.Equal(record.Bytes.ToArray(), next.Bytes.ToArray());
        }
    }

    [Fact]
    public void A_record_with_any_byte_changed_is_no_record_of_the_node()
    {
        byte[] bytes = Create(7).Bytes.ToArray();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 1;
            Assert.False(NodeRecord.TryRead(changed, out _, out RecordFault fault), $"byte {i}");
            Assert.NotEqual(RecordFault.None, fault);
        }
    }

    [Fact]
    public void A_record_that_is_cut_or_goes_on_is_refused()
    {
        byte[] bytes = Create(7).Bytes.ToArray();
        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.False(NodeRecord.TryRead(bytes.AsSpan(0, length), out _, out _), $"{length} bytes");
        }

        Assert.False(NodeRecord.TryRead([.. bytes, 0], out _, out RecordFault malformed));
        Assert.Equal(RecordFault.Malformed, malformed);
    }

    [Theory]
    [MemberData(nameof(Unfit))]
    public void A_signed_record_that_breaks_a_rule_is_refused(string what, string fields, RecordFault expected)
    {
        byte[] bytes = [1, .. new byte[P256.KeySize + P256.SignatureSize], .. Convert.FromHexString(fields)];
        Assert.False(NodeRecord.TryRead(bytes, out _, out RecordFault fault, new AnySigner()));
        Assert.True(expected == fault, $"{what}: {fault}");
    }

    [Fact]
    public void Formats_lengths_and_signatures_have_faults_of_their_own()
    {
        byte[] bytes = Create(7).Bytes.ToArray();
        Assert.Equal(RecordFault.UnknownFormat, FaultOf([2, .. bytes[1..]]));
        Assert.Equal(RecordFault.TooLong, FaultOf(new byte[NodeRecord.MaxBytes + 1]));
        Assert.Equal(RecordFault.Malformed, FaultOf([]));
        Assert.Equal(RecordFault.Malformed, FaultOf(bytes[..(FieldsOffset - 1)]));
        bytes[FieldsOffset - 1] ^= 1;
        Assert.Equal(RecordFault.NotSigned, FaultOf(bytes));
        using TestSigner other = new();
        other.PublicKey.Span.CopyTo(bytes.AsSpan(1));
        Assert.Equal(RecordFault.NotSigned, FaultOf(bytes));
    }

    [Fact]
    public void Fields_of_a_later_version_are_skipped_and_stay_signed()
    {
        byte[] bytes = [1, .. new byte[P256.KeySize + P256.SignatureSize],
            .. Convert.FromHexString(Good(tags => { tags.Write(9, "later"); tags.Write(9, "and again"); }))];
        Assert.True(NodeRecord.TryRead(bytes, out NodeRecord? record, out _, new AnySigner()));
        Assert.Equal(bytes, record.Bytes.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("p2p-record")]
    [InlineData("P2P-record:AQ")]
    [InlineData("p2p-record:A")]
    [InlineData("p2p-record:AQ==")]
    [InlineData("p2p-record:A Q")]
    [InlineData("p2p-record:AR")]
    [InlineData("p2p-record:+/")]
    public void A_text_that_is_no_record_is_refused(string text)
    {
        Assert.False(NodeRecord.TryParse(text, out _, out RecordFault fault));
        Assert.Equal(RecordFault.NotText, fault);
    }

    [Fact]
    public void A_record_has_one_text_only()
    {
        string text = Create(7).ToString();
        foreach (string other in (string[])[text + "=", text + " ", " " + text, text + "\n", text.ToUpperInvariant()])
        {
            Assert.False(NodeRecord.TryParse(other, out _, out RecordFault fault), other);
            Assert.Equal(RecordFault.NotText, fault);
        }

        Assert.False(NodeRecord.TryParse("p2p-record:" + new string('A', 1_400), out _, out RecordFault tooLong));
        Assert.Equal(RecordFault.TooLong, tooLong);
        Assert.False(NodeRecord.TryParse(null, out _, out _));
    }

    [Fact]
    public void The_higher_number_of_a_node_is_newer()
    {
        NodeRecord older = Create(7);
        NodeRecord newer = Create(8);
        Assert.True(newer.IsNewerThan(older));
        Assert.False(older.IsNewerThan(newer));
        Assert.False(older.IsNewerThan(Create(7)));
        using TestSigner other = new();
        Assert.Throws<ArgumentException>(() => NodeRecord.Create(other, Some(9)).IsNewerThan(older));
    }

    [Fact]
    public void What_does_not_fit_is_left_out_services_first()
    {
        RecordFields many = Some(ulong.MaxValue);
        many.NetworkId = new string('n', 64);
        many.Addresses.Clear();
        many.Addresses.AddRange(
            Enumerable.Range(0, 8).Select(i => new PeerAddress($"{i}{new string('h', 252)}", 65_535)));
        many.Services.AddRange(Enumerable.Range(0, 16).Select(i => $"{i:d2}{new string('s', 62)}"));
        NodeRecord record = NodeRecord.Create(_signer, many);
        Assert.InRange(record.Bytes.Length, 800, NodeRecord.MaxBytes);
        Assert.True(NodeRecord.TryParse(record.ToString(), out NodeRecord? read, out _));
        Assert.Empty(read.Services);
        Assert.Equal(3, read.Addresses.Count);
        Assert.InRange(record.ToString().Length, 1000, 1377);

        many.Addresses.RemoveRange(1, 7);
        NodeRecord shorter = NodeRecord.Create(_signer, many);
        Assert.Single(shorter.Addresses);
        Assert.InRange(shorter.Services.Count, 5, 12);
    }

    private static RecordFault FaultOf(byte[] bytes)
    {
        Assert.False(NodeRecord.TryRead(bytes, out _, out RecordFault fault));
        return fault;
    }

    private static RecordFields Some(ulong sequence) => new()
    {
        NetworkId = "testnet",
        Sequence = sequence,
        UnixMilliseconds = 1_700_000_000_000,
        Addresses = [new PeerAddress("192.0.2.1", 7000), new PeerAddress("example.org", 1)],
        Services = ["chess/1"],
    };

    private NodeRecord Create(ulong sequence) => NodeRecord.Create(_signer, Some(sequence));

    private static string Good(Writing? more = null) => Fields(tags =>
    {
        tags.Write(1, "n");
        tags.Write(2, 1UL);
        tags.Write(3, 1UL);
        more?.Invoke(tags);
    });

    private static string Fields(Writing writing)
    {
        ArrayBufferWriter<byte> output = new();
        writing(new TagWriter(output));
        return Convert.ToHexStringLower(output.WrittenSpan);
    }
}
