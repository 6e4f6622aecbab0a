namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>Which records of others are taken, and why not.</summary>
public sealed class RecordReaderTests
{
    private const long Now = 1_700_000_000_000;

    private readonly CountingSigner _signer = new();

    [Fact]
    public void A_right_record_is_read_and_its_signature_checked_once()
    {
        RecordReader reader = new(DhtGiven.Network, _signer);
        ReadOnlyMemory<byte> bytes = Record(static fields => fields);
        for (int i = 0; i < 5; i++)
        {
            Assert.True(reader.TryRead(bytes, fromInternet: true, Now, out DhtContact? contact, out _));
            Assert.Equal(DhtGiven.IdOf(1), contact.Id);
        }

        Assert.Equal(1, _signer.Checks);
    }

    [Fact]
    public void Each_wrong_record_is_refused_with_its_reason()
    {
        Assert.Equal(DhtFault.BadRecord, FaultOf(new byte[40]));
        Assert.Equal(DhtFault.OtherNetwork, FaultOf(Record(static fields => With(fields, network: "other"))));
        Assert.Equal(DhtFault.Unroutable, FaultOf(Record(static fields => With(fields, host: null))));
        Assert.Equal(DhtFault.Unroutable, FaultOf(Record(static fields => With(fields, host: "192.168.1.4"))));
        Assert.Equal(
            DhtFault.FutureDated, FaultOf(Record(static fields => With(fields, time: Now + 600_001))));
        Assert.Null(FaultOf(Record(static fields => With(fields, time: Now + 600_000))));
        Assert.Null(FaultOf(Record(static fields => With(fields, host: "192.168.1.4")), fromInternet: false));
        _signer.IsRight = false;
        Assert.Equal(DhtFault.NotSigned, FaultOf(Record(static fields => fields)));
    }

    [Fact]
    public void A_providers_record_names_the_service_and_is_of_this_hour()
    {
        DhtKey chain = DhtKey.OfService(DhtGiven.Network, "chain");
        Assert.Null(ProviderFaultOf(chain, "chain", Now));
        Assert.Null(ProviderFaultOf(chain, "chain", Now - (70 * 60_000)));
        Assert.Equal(DhtFault.Stale, ProviderFaultOf(chain, "chain", Now - (70 * 60_000) - 1));
        Assert.Equal(DhtFault.Stale, ProviderFaultOf(chain, "chain", long.MinValue + 1));
        Assert.Equal(DhtFault.NotProvider, ProviderFaultOf(chain, "chess", Now));
        Assert.Equal(DhtFault.NotProvider, ProviderFaultOf(DhtKey.OfService("other", "chain"), "chain", Now));
    }

    [Fact]
    public void It_remembers_a_bounded_number_of_records()
    {
        RecordReader reader = new(DhtGiven.Network, _signer);
        ReadOnlyMemory<byte> first = Record(static fields => fields);
        Assert.True(reader.TryRead(first, fromInternet: true, Now, out _, out _));
        for (int i = 0; i < RecordReader.MostRemembered; i++)
        {
            reader.TryRead(DhtGiven.Contact(i, sequence: 77).Record.Bytes, fromInternet: true, Now, out _, out _);
        }

        int before = _signer.Checks;
        Assert.True(reader.TryRead(first, fromInternet: true, Now, out _, out _));
        Assert.Equal(before + 1, _signer.Checks);
    }

    private static RecordFields With(
        RecordFields fields, string network = DhtGiven.Network, string? host = "198.51.100.1", long time = Now) => new()
    {
        NetworkId = network,
        Sequence = fields.Sequence,
        UnixMilliseconds = time,
        Addresses = host is null ? [] : [new PeerAddress(host, 7000)],
        Services = fields.Services,
    };

    private static ReadOnlyMemory<byte> Record(Func<RecordFields, RecordFields> change, string service = "chain") =>
        NodeRecord.Create(
            DhtGiven.SignerOf(1), change(With(new RecordFields { Sequence = 1, Services = [service] }))).Bytes;

    private DhtFault? FaultOf(ReadOnlyMemory<byte> bytes, bool fromInternet = true) =>
        new RecordReader(DhtGiven.Network, _signer).TryRead(bytes, fromInternet, Now, out _, out DhtFault fault)
            ? null
            : fault;

    private DhtFault? ProviderFaultOf(DhtKey key, string service, long time)
    {
        RecordReader reader = new(DhtGiven.Network, _signer);
        Assert.True(reader.TryRead(
            Record(fields => With(fields, time: time), service), fromInternet: true, Now, out DhtContact? contact,
            out _));
        return reader.IsProvider(contact, key, Now, out DhtFault fault) ? null : fault;
    }

    private sealed class CountingSigner : ISigner
    {
        public int Checks { get; private set; }

        public bool IsRight { get; set; } = true;

        public ReadOnlyMemory<byte> PublicKey => default;

        public NodeId IdOf(ReadOnlySpan<byte> publicKey) => P256.IdOf(publicKey);

        public void Sign(ReadOnlySpan<byte> digest, Span<byte> signature)
        {
            // Only other nodes sign here.
        }

        public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
        {
            Checks++;
            return IsRight;
        }
    }
}
