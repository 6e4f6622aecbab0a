namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>The two tables of the address book.</summary>
public sealed class AddressBookTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_later = Books.Today + TimeSpan.FromHours(5);

    private readonly AddressBook _book = Books.Empty();

    [Fact]
    public void An_address_is_new_once()
    {
        Assert.True(_book.Add(Books.Address(1), "source", Books.Today, Books.Today));
        Assert.False(_book.Add(Books.Address(1), "source", Books.Today, Books.Today));
        Assert.Equal((1, 0, 1), (_book.Count, _book.TriedCount, _book.Groups));
    }

    [Fact]
    public void A_name_has_no_place() =>
        Assert.False(_book.Add(new PeerAddress("a.name", 1), "source", Books.Today, Books.Today));

    [Fact]
    public void A_source_fills_at_most_its_share_of_the_new_table()
    {
        for (int network = 0; network < 20_000; network++)
        {
            _book.Add(Books.Address(network), "one source", Books.Today, Books.Today);
        }

        // Some of the sixteen buckets are the same one.
        Assert.InRange(_book.Count, 640, 16 * AddressBook.BucketSize);
    }

    [Fact]
    public void A_network_fills_at_most_its_share_of_the_tried_table()
    {
        for (int host = 0; host < 2_000; host++)
        {
            PeerAddress address = Books.Address(1, host);
            _book.Add(address, $"source {host}", Books.Today, Books.Today);
            _book.Worked(address, Books.Today);
        }

        Assert.InRange(_book.TriedCount, 64, 2 * AddressBook.BucketSize);
    }

    [Fact]
    public void A_full_book_has_no_more_than_its_capacity()
    {
        for (int network = 0; network < 50_000; network++)
        {
            PeerAddress address = Books.Address(network % 50_000);
            _book.Add(address, $"source {network % 500}", Books.Today, Books.Today);
            if (network % 4 == 0)
            {
                _book.Worked(address, Books.Today);
            }
        }

        Assert.InRange(_book.Count, 12_000, AddressBook.Capacity);
        Assert.InRange(_book.TriedCount, 2_500, AddressBook.TriedBuckets * AddressBook.BucketSize);
    }

    [Fact]
    public void What_works_keeps_its_place_against_new_addresses()
    {
        for (int network = 0; network < 100; network++)
        {
            _book.Add(Books.Address(network), "honest", Books.Today, Books.Today);
            _book.Worked(Books.Address(network), Books.Today);
        }

        int tried = _book.TriedCount;
        for (int network = 100; network < 60_000; network++)
        {
            _book.Add(Books.Address(network), $"flood {network % 300}", Books.Today, Books.Today);
        }

        Assert.Equal(tried, _book.TriedCount);
    }

    [Fact]
    public void An_address_that_nobody_confirms_gives_its_place_up()
    {
        TimeSpan old = Books.Today - BookEntry.Horizon - s_minute;
        _book.Add(Books.Address(1), "source", old, old);
        Assert.True(_book.Find(Books.Address(1))!.IsPoor(Books.Today));
        Assert.Empty(_book.Sample(10, Books.Today));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void An_address_that_never_worked_is_poor_after_three_attempts(int failures, bool isPoor)
    {
        _book.Add(Books.Address(1), "source", Books.Today, Books.Today);
        for (int i = 0; i < failures; i++)
        {
            _book.Attempted(Books.Address(1), Books.Today);
            _book.Failed(Books.Address(1), counts: true);
        }

        Assert.Equal(isPoor, _book.Find(Books.Address(1))!.IsPoor(Books.Today + (2 * s_minute)));
    }

    [Theory]
    [InlineData(6, 10, false)]
    [InlineData(8, 9, false)]
    [InlineData(8, 10, true)]
    public void An_address_that_has_worked_is_poor_after_a_week_and_ten(int days, int failures, bool isPoor)
    {
        _book.Add(Books.Address(1), "source", Books.Today, Books.Today);
        _book.Worked(Books.Address(1), Books.Today);
        for (int i = 0; i < failures; i++)
        {
            _book.Failed(Books.Address(1), counts: true);
        }

        Assert.Equal(isPoor, _book.Find(Books.Address(1))!.IsPoor(Books.Today + TimeSpan.FromDays(days)));
    }

    [Fact]
    public void A_failure_that_may_be_our_own_does_not_count()
    {
        _book.Add(Books.Address(1), "source", Books.Today, Books.Today);
        _book.Failed(Books.Address(1), counts: false);
        Assert.Equal(0, _book.Find(Books.Address(1))!.Failures);
    }

    [Fact]
    public void The_place_of_a_tried_address_that_fails_its_test_is_given_away()
    {
        (PeerAddress holder, PeerAddress rival) = Rivals();
        Assert.Equal(1, _book.Candidates);
        Assert.False(_book.Find(rival)!.IsTried);

        _book.Attempted(holder, s_later);
        _book.Failed(holder, counts: true);
        Assert.Null(_book.TakeTest(s_later + (2 * s_minute)));

        Assert.True(_book.Find(rival)!.IsTried);
        Assert.False(_book.Find(holder)?.IsTried ?? false);
    }

    [Fact]
    public void A_tried_address_that_passes_its_test_keeps_its_place()
    {
        (PeerAddress holder, PeerAddress rival) = Rivals();
        _book.Worked(holder, s_later);

        Assert.Null(_book.TakeTest(s_later + (2 * s_minute)));
        Assert.Equal((true, false, 0),
            (_book.Find(holder)!.IsTried, _book.Find(rival)!.IsTried, _book.Candidates));
    }

    [Fact]
    public void A_failed_address_is_left_alone_for_a_while()
    {
        _book.Add(Books.Address(1), "source", Books.Today, Books.Today);
        _book.Attempted(Books.Address(1), Books.Today);
        _book.Failed(Books.Address(1), counts: true);

        Assert.Null(_book.Select(Books.Today + TimeSpan.FromSeconds(29)));
        Assert.NotNull(_book.Select(Books.Today + TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_network_is_drawn_as_often_as_others_however_many_addresses_it_has()
    {
        for (int network = 0; network < 10; network++)
        {
            int hosts = network == 0 ? 500 : 1;
            for (int host = 0; host < hosts; host++)
            {
                _book.Add(Books.Address(network, host), $"source {host % 50}", Books.Today, Books.Today);
            }
        }

        string large = NetworkGroup.Of(Books.Address(0));
        int drawn = Enumerable.Range(0, 5_000).Count(_ => _book.Select(Books.Today)!.Group == large);

        // A tenth of 5,000, and more than six standard deviations on both sides.
        Assert.InRange(drawn, 360, 640);
    }

    [Fact]
    public void A_taken_network_and_a_taken_address_are_not_drawn()
    {
        for (int network = 0; network < 300; network++)
        {
            _book.Add(Books.Address(network), "source", Books.Today, Books.Today);
        }

        PeerAddress free = Books.Address(7);
        string group = NetworkGroup.Of(free);
        Assert.Equal(free, _book.Select(Books.Today, other => other != group, static _ => false)?.Address);
        Assert.Null(_book.Select(Books.Today, other => other != group, other => other == free));
        Assert.Equal(free, _book.SelectNew(Books.Today, other => other != free)?.Address);
        Assert.Null(_book.SelectNew(Books.Today, static _ => true));
    }

    [Fact]
    public void Who_tells_a_thousand_networks_gets_no_more_tests()
    {
        for (int network = 0; network < 1_000; network++)
        {
            _book.Add(Books.Address(network), "flood", Books.Today, Books.Today);
        }

        for (int source = 0; source < 4; source++)
        {
            _book.Add(Books.Address(2_000 + source), $"source {source}", Books.Today, Books.Today);
        }

        int ofFlood = Enumerable.Range(0, 5_000).Count(
            _ => _book.SelectNew(Books.Today, static _ => false)!.Source == "flood");

        // A fifth of 5,000, and more than six standard deviations on both sides.
        Assert.InRange(ofFlood, 820, 1_180);
    }

    [Fact]
    public void Networks_in_which_no_address_has_worked_are_tested_first()
    {
        for (int network = 0; network < 20; network++)
        {
            _book.Add(Books.Address(network), $"source {network}", Books.Today, Books.Today);
            _book.Add(Books.Address(network, 2), $"source {network}", Books.Today, Books.Today);
        }

        // If networks were drawn alike, twenty tests would reach about thirteen of them.
        HashSet<string> tested = [];
        for (int test = 0; test < 20; test++)
        {
            BookEntry entry = _book.SelectNew(Books.Today, static _ => false)!;
            tested.Add(entry.Group);
            _book.Worked(entry.Address, Books.Today);
        }

        Assert.InRange(tested.Count, 18, 20);
    }

    // Two addresses of one place in the tried table. The first has it, and the second has worked five hours later.
    private (PeerAddress Holder, PeerAddress Rival) Rivals()
    {
        for (int network = 0; network < 3_000; network++)
        {
            _book.Add(Books.Address(network), $"source {network}", Books.Today, Books.Today);
            _book.Worked(Books.Address(network), Books.Today);
        }

        _book.TakeTest(Books.Today);
        int rival = 3_000;
        while (_book.Candidates == 0)
        {
            _book.Add(Books.Address(++rival), $"source {rival}", s_later, s_later);
            _book.Worked(Books.Address(rival), s_later);
        }

        return (_book.TakeTest(s_later)!.Address, Books.Address(rival));
    }
}
