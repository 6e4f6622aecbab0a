namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>The records that others tell: each that is not taken is counted by its reason.</summary>
public sealed class RecordIntakeTests : IDisposable
{
    private readonly TestSigner _node = new();
    private readonly AddressBook _book = Books.Empty();
    private readonly RefusalCounts _counts = new();
    private readonly RecordIntake _intake;

    public RecordIntakeTests() =>
        _intake = new RecordIntake(_book, "net", NodeId.FromPublicKey([1]), allowsPrivate: false, null, _counts);

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_record_brings_its_addresses_with_the_nodes_id()
    {
        byte[] record = Bytes();
        Assert.Equal(RecordOutcome.Taken, Take(record));
        Assert.NotNull(_book.Find(new PeerAddress("8.8.8.8", 7000, _node.Id)));
        Assert.Equal(RecordOutcome.Known, Take(record));
        Assert.All(_counts.Snapshot(), static count => Assert.Equal(0, count.Value));
    }

    [Theory]
    [InlineData("127.0.0.1:7000", RecordRefusal.Private)]
    [InlineData("10.0.0.1:7000", RecordRefusal.Private)]
    [InlineData("[fd00::1]:7000", RecordRefusal.Private)]
    [InlineData("203.0.113.1:7000", RecordRefusal.Unroutable)]
    [InlineData("a.name:7000", RecordRefusal.Name)]
    public void An_address_that_leads_nowhere_is_refused(string address, RecordRefusal reason)
    {
        Assert.Equal(RecordOutcome.Refused, Take(Bytes(addresses: address)));
        AssertCounted(reason);
        Assert.Equal(0, _book.Count);
    }

    [Fact]
    public void Private_addresses_are_taken_where_they_are_allowed()
    {
        RecordIntake intake = new(_book, "net", NodeId.FromPublicKey([1]), allowsPrivate: true, null, _counts);
        Assert.Equal(RecordOutcome.Taken, intake.Take(Bytes(addresses: "10.0.0.1:1"), "source", Books.Today, out _));
    }

    [Fact]
    public void A_record_is_refused_for_what_is_wrong_with_it()
    {
        byte[] unsigned = Bytes();
        unsigned[70] ^= 1;
        byte[] changed = Bytes();
        changed[^1] ^= 1;
        TimeSpan future = BookEntry.MostAhead + TimeSpan.FromSeconds(1);
        TimeSpan past = -BookEntry.Horizon - TimeSpan.FromSeconds(1);

        AssertRefused(new byte[NodeRecord.MaxBytes + 1], RecordRefusal.TooLong);
        AssertRefused([], RecordRefusal.Malformed);
        AssertRefused(new byte[500], RecordRefusal.Malformed);
        AssertRefused(unsigned, RecordRefusal.NotSigned);
        Assert.Equal(RecordOutcome.Refused, Take(changed));
        AssertRefused(Bytes(network: "other"), RecordRefusal.OtherNetwork);
        AssertRefused(Bytes(at: future), RecordRefusal.FutureDated);
        AssertRefused(Bytes(at: past), RecordRefusal.Stale);
    }

    [Fact]
    public void Times_at_the_ends_of_the_numbers_are_refused()
    {
        AssertRefused(Bytes(milliseconds: long.MaxValue), RecordRefusal.FutureDated);
        AssertRefused(Bytes(milliseconds: long.MinValue + 1), RecordRefusal.Stale);
    }

    [Fact]
    public void Ones_own_record_is_refused()
    {
        RecordIntake own = new(_book, "net", _node.Id, allowsPrivate: false, null, _counts);
        Assert.Equal(RecordOutcome.Refused, own.Take(Bytes(), "source", Books.Today, out _));
        AssertCounted(RecordRefusal.Own);
    }

    [Fact]
    public void An_older_record_is_refused_and_a_newer_one_replaces_it()
    {
        byte[] old = Bytes(sequence: 1, addresses: "8.8.8.8:7000");
        byte[] newer = Bytes(sequence: 2, addresses: "9.9.9.9:7000");

        Assert.Equal(RecordOutcome.Taken, Take(old));
        Assert.Equal(RecordOutcome.Taken, Take(newer));
        AssertRefused(old, RecordRefusal.Older);
        AssertRefused(Bytes(sequence: 2, addresses: "7.7.7.7:7000"), RecordRefusal.Older);

        PeerAddress address = Assert.Single(_book.Entries).Address;
        Assert.Equal(new PeerAddress("9.9.9.9", 7000, _node.Id), address);
    }

    [Fact]
    public void Of_several_addresses_the_good_ones_are_taken()
    {
        Assert.Equal(RecordOutcome.Taken, Take(Bytes(addresses: ["8.8.8.8:7000", "10.0.0.1:7000"])));
        AssertCounted(RecordRefusal.Private);
        Assert.Equal(1, _book.Count);
    }

    [Fact]
    public void An_address_without_a_record_is_checked_too()
    {
        Assert.True(_intake.Take(new PeerAddress("8.8.8.8", 1), "dns", Books.Today));
        Assert.False(_intake.Take(new PeerAddress("8.8.8.8", 0), "dns", Books.Today));
        Assert.False(_intake.Take(new PeerAddress("127.0.0.1", 1), "dns", Books.Today));
        AssertCounted(RecordRefusal.InvalidAddress);
        AssertCounted(RecordRefusal.Private);
    }

    [Fact]
    public void A_full_place_is_counted()
    {
        for (int host = 0; host < 200; host++)
        {
            _intake.Take(Books.Address(1, host), "one source", Books.Today);
        }

        Assert.InRange(_book.Count, 30, AddressBook.BucketSize);
        Assert.Equal(200 - _book.Count, _counts.Of(RecordRefusal.NoPlace));
    }

    private RecordOutcome Take(byte[] bytes) => _intake.Take(bytes, "source", Books.Today, out _);

    private void AssertRefused(byte[] bytes, RecordRefusal reason)
    {
        long before = _counts.Of(reason);
        Assert.Equal(RecordOutcome.Refused, Take(bytes));
        Assert.Equal(before + 1, _counts.Of(reason));
    }

    private void AssertCounted(RecordRefusal reason) => Assert.Equal(1, _counts.Of(reason));

    private byte[] Bytes(
        string network = "net", ulong sequence = 1, TimeSpan at = default, long? milliseconds = null,
        params string[] addresses) => NodeRecord.Create(_node, new RecordFields
        {
            NetworkId = network,
            Sequence = sequence,
            UnixMilliseconds = milliseconds ?? (long)(Books.Today + at).TotalMilliseconds,
            Addresses = [.. (addresses.Length == 0 ? ["8.8.8.8:7000"] : addresses).Select(PeerAddress.Parse)],
        }).Bytes.ToArray();
}
