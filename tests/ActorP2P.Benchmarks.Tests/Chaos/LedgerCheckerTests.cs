namespace ActorP2P.Benchmarks.Tests.Chaos;

public sealed class LedgerCheckerTests
{
    private const ulong Id = 0xa1;

    [Fact]
    public void A_promise_that_ends_typed_and_in_time_is_accepted() => Assert.Empty(Check(
        Entry(0, LedgerEntryKind.Ask, "1"),
        Entry(900, LedgerEntryKind.Served, ""),
        Entry(1_000, LedgerEntryKind.End, "ok")));

    [Fact]
    public void A_promise_that_does_not_end_is_found() =>
        AssertFound("has not ended", Entry(0, LedgerEntryKind.Tell, "1"));

    [Fact]
    public void A_promise_of_a_killed_process_need_not_end()
    {
        LedgerFile killed = new("none", node: 0, incarnation: 0) { WasKilled = true };
        Assert.Empty(new LedgerChecker(longest: 20_000).Check(
            [new LedgerPart(killed, [Entry(0, LedgerEntryKind.Tell, "1")])], []));
    }

    [Fact]
    public void A_promise_that_ends_twice_is_found() => AssertFound("has ended 2 times",
        Entry(0, LedgerEntryKind.Connect, "1"),
        Entry(1, LedgerEntryKind.End, "ok"),
        Entry(2, LedgerEntryKind.End, "Refused"));

    [Fact]
    public void An_end_without_a_type_is_found() => AssertFound("ended without a type",
        Entry(0, LedgerEntryKind.Ask, "1"),
        Entry(1, LedgerEntryKind.End, "UNTYPED OutOfMemoryException: none left"));

    [Fact]
    public void An_end_that_comes_late_is_found() => AssertFound("took 21000 ms",
        Entry(0, LedgerEntryKind.Ask, "1"),
        Entry(21_000, LedgerEntryKind.End, "TimedOut"));

    [Fact]
    public void Time_that_a_process_was_suspended_does_not_count() => Assert.Empty(Check(
        [new FaultSpan(ChaosFault.Suspend, Node: 0, From: 5_000, To: 9_000)],
        Entry(0, LedgerEntryKind.Ask, "1"),
        Entry(21_000, LedgerEntryKind.End, "TimedOut")));

    [Fact]
    public void A_lost_answer_is_found() => AssertFound("is lost", LostAnswer());

    [Fact]
    public void An_answer_that_a_fault_cut_off_is_no_loss()
    {
        FaultSpan cut = new(ChaosFault.Cut, Node: 1, From: 500, To: 1_500);
        Assert.Empty(Check([cut], LostAnswer()));
    }

    [Fact]
    public void A_message_that_comes_twice_is_found() => AssertFound("came 2 times",
        Entry(0, LedgerEntryKind.Tell, "1"),
        Entry(1, LedgerEntryKind.End, "ok"),
        Entry(2, LedgerEntryKind.Heard, ""),
        Entry(3, LedgerEntryKind.Heard, ""));

    [Fact]
    public void A_message_that_nobody_sent_is_found() =>
        AssertFound("was never sent", Entry(2, LedgerEntryKind.News, ""));

    [Fact]
    public void An_error_of_the_nodes_own_is_found() =>
        AssertFound("logged an error", Entry(0, LedgerEntryKind.Fault, "an actor failed"));

    [Fact]
    public void An_entry_is_read_as_it_was_written()
    {
        LedgerEntry entry = Entry(7, LedgerEntryKind.End, "UNTYPED with several words");
        Assert.Equal(entry, LedgerEntry.Parse(entry.ToString()));
        Assert.Throws<FormatException>(() => LedgerEntry.Parse("7 Nothing 1 x"));
    }

    private static LedgerEntry[] LostAnswer() =>
    [
        Entry(0, LedgerEntryKind.Ask, "1"),
        Entry(1_000, LedgerEntryKind.Served, ""),
        Entry(8_000, LedgerEntryKind.End, "TimedOut"),
    ];

    private static LedgerEntry Entry(long time, LedgerEntryKind kind, string detail) => new(time, kind, Id, detail);

    private static void AssertFound(string what, params LedgerEntry[] entries) =>
        Assert.Contains(what, Assert.Single(Check(entries)), StringComparison.Ordinal);

    private static List<string> Check(params LedgerEntry[] entries) => Check([], entries);

    private static List<string> Check(IReadOnlyList<FaultSpan> spans, params LedgerEntry[] entries) =>
        new LedgerChecker(longest: 20_000).Check(
            [new LedgerPart(new LedgerFile("none", node: 0, incarnation: 0), entries)], spans);
}
