namespace ActorP2P.Protocol.Tests;

public class BanRecordTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly Ban Day = new(
        NodeId.FromPublicKey([1]), Noon, TimeSpan.FromHours(24), "twenty violations", BanOrigin.Penalty);

    [Theory]
    [InlineData(BanOrigin.Penalty, "")]
    [InlineData(BanOrigin.Program, "höflich, aber bestimmt")]
    public void A_ban_is_read_as_it_was_written(BanOrigin origin, string reason)
    {
        Ban ban = Day with { Origin = origin, Reason = reason, Target = new PeerAddress("2001:db8::1", 1) };
        Assert.Equal(ban, BanRecord.Read($"{ban.Target}", BanRecord.Write(ban)));
    }

    [Fact]
    public void The_longest_ban_is_read_as_it_was_written()
    {
        Ban ban = Day with { Duration = Ban.Longest, Reason = new string('x', Ban.MaxReason) };
        Assert.Equal(ban, BanRecord.Read($"{ban.Target}", BanRecord.Write(ban)));
    }

    [Fact]
    public void A_ban_of_a_day_holds_for_all_hours_of_the_day()
    {
        Ban read = BanRecord.Read($"{Day.Target}", BanRecord.Write(Day))!;
        for (int hour = 0; hour < 24; hour++)
        {
            Assert.Equal(TimeSpan.FromHours(24 - hour), read.RemainingAt(Noon.AddHours(hour)));
        }

        Assert.Equal(TimeSpan.Zero, read.RemainingAt(Noon.AddHours(24)));
        Assert.Equal(TimeSpan.Zero, read.RemainingAt(Noon.AddYears(10)));
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_prolong_a_ban() =>
        Assert.Equal(TimeSpan.FromHours(24), Day.RemainingAt(Noon.AddYears(-10)));

    [Fact]
    public void Tags_of_later_versions_are_skipped()
    {
        byte[] later = [.. BanRecord.Write(Day), 0x2c];
        Assert.Equal(Day, BanRecord.Read($"{Day.Target}", later));
    }

    [Fact]
    public void Damaged_bytes_are_no_ban()
    {
        byte[] bytes = BanRecord.Write(Day);
        Assert.Null(BanRecord.Read("no target, that is", bytes));
        Assert.Null(BanRecord.Read("127.0.0.1/32", bytes));
        Assert.Null(BanRecord.Read($"{Day.Target}", []));
        Assert.Null(BanRecord.Read($"{Day.Target}", bytes.AsSpan(0, 3)));
        Random random = new(7);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] damaged = [.. bytes];
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length), 1));
            Ban? read = BanRecord.Read($"{Day.Target}", damaged);
            Assert.True(read is null || (read.Duration >= TimeSpan.Zero && read.Duration <= Ban.Longest));
            _ = read?.Until;
        }
    }
}
