namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>What a node answers when it is asked for addresses.</summary>
public sealed class AnswerCacheTests
{
    private readonly AddressBook _book = Books.Empty();
    private int _nodes;

    [Fact]
    public void All_who_ask_within_a_slice_of_the_day_get_one_answer()
    {
        AnswerCache answers = new(_book, AnswerCache.UsualSlice);
        Know(600);
        IReadOnlyList<byte[]> first = answers.Get(Books.Today);
        Know(300);
        Assert.Same(first, answers.Get(Books.Today + AnswerCache.UsualSlice - TimeSpan.FromSeconds(1)));
        Assert.NotSame(first, answers.Get(Books.Today + AnswerCache.UsualSlice));
    }

    [Fact]
    public void A_book_that_has_doubled_is_worth_another_answer()
    {
        AnswerCache answers = new(_book, AnswerCache.UsualSlice);
        Assert.Empty(answers.Get(Books.Today));
        Know(1);
        Assert.Single(answers.Get(Books.Today));
        Know(1);
        Assert.Equal(2, answers.Get(Books.Today).Count);
        Know(1);
        Assert.Equal(2, answers.Get(Books.Today).Count);
        Know(1);
        Assert.Equal(4, answers.Get(Books.Today).Count);
    }

    [Fact]
    public void An_answer_has_a_quarter_of_a_large_book_and_never_more_than_a_thousand()
    {
        Know(1_000);
        Assert.Equal(
            (int)(_book.Records * 0.23), new AnswerCache(_book, AnswerCache.UsualSlice).Get(Books.Today).Count);
        Know(8_000);
        Assert.InRange(
            new AnswerCache(_book, AnswerCache.UsualSlice).Get(Books.Today).Count, 900, AnswerCache.MostRecords);
    }

    [Fact]
    public void No_record_is_in_an_answer_twice()
    {
        BookRecord record = new(NodeId.FromPublicKey([9]), 1, Books.Today, [9]);
        PeerAddress[] addresses = [Books.Address(1), Books.Address(2)];
        foreach (PeerAddress address in addresses)
        {
            _book.Add(address, "source", Books.Today, Books.Today);
        }

        _book.SetRecord(record, addresses);
        Assert.Equal(record.Bytes, Assert.Single(_book.Sample(10, Books.Today)));
    }

    private void Know(int nodes)
    {
        for (int i = 0; i < nodes; i++)
        {
            PeerAddress address = Books.Address(++_nodes);
            _book.Add(address, $"source {_nodes}", Books.Today, Books.Today);
            byte[] bytes = BitConverter.GetBytes(_nodes);
            _book.SetRecord(new BookRecord(NodeId.FromPublicKey(bytes), 1, Books.Today, bytes), [address]);
        }
    }
}
