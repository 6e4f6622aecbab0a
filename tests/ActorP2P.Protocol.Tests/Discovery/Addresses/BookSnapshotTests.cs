namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>A book that is saved and read again.</summary>
public sealed class BookSnapshotTests
{
    private readonly AddressBook _book = Books.Empty();

    public BookSnapshotTests()
    {
        for (int network = 0; network < 500; network++)
        {
            _book.Add(Books.Address(network), $"source {network % 50}", Books.Today, Books.Today);
        }

        _book.Worked(Books.Address(3), Books.Today);
        _book.Attempted(Books.Address(4), Books.Today);
        _book.Failed(Books.Address(4), counts: true);
    }

    [Fact]
    public void What_was_saved_is_read()
    {
        PeerAddress[] anchors = [Books.Address(3), new("2a00::1", 1, NodeId.FromPublicKey([1]))];
        byte[] saved = BookSnapshot.Write(_book, anchors);

        Assert.Equal(BookFault.None, BookSnapshot.Read(
            saved, 9, Books.Today, out AddressBook? read, out IReadOnlyList<PeerAddress> readAnchors));

        Assert.Equal(anchors, readAnchors);
        Assert.Equal((_book.Count, 1), (read!.Count, read.TriedCount));
        BookEntry failed = read.Find(Books.Address(4))!;
        Assert.Equal((1, (TimeSpan?)Books.Today, null), (failed.Failures, failed.TriedAt, failed.WorkedAt));
        Assert.True(read.Find(Books.Address(3))!.IsTried);
        Assert.True(_book.Hash.Secret.SequenceEqual(read.Hash.Secret));
    }

    [Fact]
    public void A_book_that_was_changed_or_cut_off_is_not_read()
    {
        byte[] saved = BookSnapshot.Write(_book, []);
        for (int at = 0; at < saved.Length; at += 97)
        {
            byte[] changed = [.. saved];
            changed[at] ^= 1;
            Assert.NotEqual(BookFault.None, BookSnapshot.Read(changed, 1, Books.Today, out AddressBook? none, out _));
            Assert.Null(none);
            Assert.NotEqual(BookFault.None, BookSnapshot.Read(saved.AsSpan(0, at), 1, Books.Today, out none, out _));
            Assert.Null(none);
        }
    }

    [Fact]
    public void The_fault_says_what_is_wrong()
    {
        byte[] saved = BookSnapshot.Write(_book, []);
        byte[] later = [.. saved];
        later["ActorP2P book".Length] = 2;

        Assert.Equal(BookFault.NotABook, BookSnapshot.Read([], 1, Books.Today, out _, out _));
        Assert.Equal(BookFault.NotABook, BookSnapshot.Read("something"u8, 1, Books.Today, out _, out _));
        Assert.Equal(BookFault.UnknownFormat, BookSnapshot.Read(later, 1, Books.Today, out _, out _));
        Assert.Equal(BookFault.Damaged, BookSnapshot.Read(saved.AsSpan()[..^1], 1, Books.Today, out _, out _));
    }
}
