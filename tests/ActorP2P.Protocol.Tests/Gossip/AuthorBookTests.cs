namespace ActorP2P.Protocol.Tests;

/// <summary>What is remembered of authors: replays are found, and honest broadcasts that come late are not.</summary>
public class AuthorBookTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private static readonly NodeId Author = NodeId.FromPublicKey([1]);

    [Fact]
    public void A_number_met_a_lifetime_ago_is_old()
    {
        AuthorBook book = new(Lifetime);
        book.Note(TimeSpan.Zero, Author, 5);
        Assert.False(book.IsOld(TimeSpan.Zero, Author, 5));
        Assert.True(book.IsOld(Lifetime, Author, 5));
        Assert.True(book.IsOld(Lifetime, Author, 4));
        Assert.False(book.IsOld(Lifetime, Author, 6));
        Assert.False(book.IsOld(Lifetime, NodeId.FromPublicKey([2]), 5));
    }

    // An author sends at random times. Each of its broadcasts is tried again at random times after it.
    [Fact]
    public void Replays_are_old_after_a_lifetime_and_late_ones_are_not_before_half()
    {
        for (int seed = 1; seed <= 50; seed++)
        {
            Random random = new(seed);
            AuthorBook book = new(Lifetime);
            List<(TimeSpan At, ulong Sequence)> sent = [];
            TimeSpan now = TimeSpan.Zero;
            for (ulong sequence = 1; sequence <= 400; sequence++)
            {
                now += TimeSpan.FromSeconds(random.NextDouble() * random.Next(1, 60));
                book.Note(now, Author, sequence);
                sent.Add((now, sequence));
                foreach ((TimeSpan at, ulong earlier) in sent)
                {
                    bool isOld = book.IsOld(now, Author, earlier);
                    Assert.True(isOld || now - at < Lifetime, $"seed {seed}: {earlier} of {at} is new at {now}");
                    Assert.True(!isOld || now - at >= Lifetime / 2, $"seed {seed}: {earlier} of {at} is old at {now}");
                }
            }
        }
    }

    [Fact]
    public void A_lower_number_does_not_lower_what_was_reached()
    {
        AuthorBook book = new(Lifetime);
        book.Note(TimeSpan.Zero, Author, 9);
        book.Note(TimeSpan.Zero, Author, 3);
        Assert.True(book.IsOld(Lifetime, Author, 9));
    }

    [Fact]
    public void The_author_met_longest_ago_is_forgotten_first()
    {
        AuthorBook book = new(Lifetime, capacity: 2);
        NodeId[] authors = [.. Enumerable.Range(0, 3).Select(i => NodeId.FromPublicKey([(byte)i]))];
        book.Note(TimeSpan.Zero, authors[0], 1);
        book.Note(TimeSpan.Zero, authors[1], 1);
        book.Note(TimeSpan.Zero, authors[0], 2);
        book.Note(TimeSpan.Zero, authors[2], 1);
        Assert.Equal(2, book.Count);
        Assert.Equal(
            [true, false, true], authors.Select(author => book.IsOld(Lifetime, author, 1)));
    }
}
