namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>What holds for an address book after any operations.</summary>
public sealed class AddressBookPropertyTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 20).Select(static seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_book_agrees_with_itself_and_with_its_copy(ulong seed)
    {
        AddressBook book = Books.Empty(seed);
        SplitMix64 random = new(seed);
        TimeSpan now = Books.Today;
        for (int step = 0; step < 20_000; step++)
        {
            now += TimeSpan.FromSeconds(Below(ref random, 600));
            PeerAddress address = Books.Address(Below(ref random, 400), Below(ref random, 30));
            switch (Below(ref random, 8))
            {
                case 0:
                    book.Worked(address, now);
                    break;
                case 1:
                    book.Attempted(address, now);
                    book.Failed(address, counts: true);
                    break;
                case 2:
                    book.Remove(address);
                    break;
                case 3:
                    book.TakeTest(now);
                    break;
                case 4:
                    Assert.True(book.Select(now) is not { } drawn || book.Find(drawn.Address) == drawn);
                    break;
                default:
                    book.Add(address, $"source {Below(ref random, 40)}", now, now);
                    break;
            }
        }

        AssertConsistent(book);
        byte[] saved = BookSnapshot.Write(book, []);
        Assert.Equal(BookFault.None, BookSnapshot.Read(saved, seed, now, out AddressBook? copy, out _));
        AssertConsistent(copy!);
        Assert.Equal(book.TriedCount, copy!.TriedCount);
        Assert.InRange(copy.Count, book.Count * 9 / 10, book.Count);
    }

    private static void AssertConsistent(AddressBook book)
    {
        Assert.Equal(book.Entries.Count, book.Count);
        Assert.Equal(book.Entries.Count(static entry => entry.IsTried), book.TriedCount);
        Assert.Equal(book.Entries.Select(static entry => entry.Group).Distinct().Count(), book.Groups);
        Assert.All(book.Entries, entry =>
        {
            Assert.Same(entry, book.Find(entry.Address));
            Assert.True(entry.IsTried == (entry.NewSlots.Count == 0), $"{entry.Address} is in one table.");
            Assert.InRange(entry.NewSlots.Count, 0, BookEntry.MostCopies);
        });
        int[] places = [.. book.Entries.SelectMany(static entry => entry.NewSlots)];
        Assert.Equal(places.Length, places.Distinct().Count());
    }

    private static int Below(ref SplitMix64 random, int bound) =>
        (int)Math.BigMul(random.Next(), (ulong)bound, out _);
}
