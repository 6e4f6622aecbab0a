namespace ActorP2P.Protocol.Tests;

public class DeadlineWheelTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Fact]
    public void The_wheel_agrees_with_a_sorted_list()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            Random random = new(seed);
            DeadlineWheel wheel = new();
            Dictionary<int, TimeSpan> model = [];
            TimeSpan now = TimeSpan.FromMilliseconds(random.Next(100_000));
            for (int step = 0; step < 500; step++)
            {
                switch (random.Next(5))
                {
                    case 0 or 1:
                        int slot = random.Next(100);
                        if (!model.ContainsKey(slot))
                        {
                            // The deadlines range from the past to many laps of the wheel ahead.
                            TimeSpan deadline = now + TimeSpan.FromMilliseconds(random.Next(4) switch
                            {
                                0 => random.Next(-100, 100),
                                1 => random.Next(50_000),
                                2 => random.Next(500_000),
                                _ => 40_960 * random.Next(1, 4),
                            });
                            wheel.Add(slot, now, deadline);

                            // A deadline that has passed when it is added is due at the next slice.
                            model[slot] = Max(deadline, now);
                        }

                        break;
                    case 2:
                        int gone = random.Next(100);
                        if (model.Remove(gone))
                        {
                            wheel.Remove(gone);
                        }

                        break;
                    default:
                        now += TimeSpan.FromMilliseconds(
                            random.Next(10) == 0 ? random.Next(200_000) : random.Next(2000));
                        TakeDue(wheel, model, now, seed);
                        break;
                }

                Assert.True(wheel.NextDeadline is null == (model.Count == 0), $"seed {seed}");
                TimeSpan late = DeadlineWheel.Slice + DeadlineWheel.Slice;
                Assert.True(
                    model.Count == 0 || wheel.NextDeadline <= Max(model.Values.Min(), now) + late,
                    $"seed {seed}: wakes too late");
            }
        }
    }

    [Fact]
    public void Sleeping_until_the_next_deadline_finds_everything()
    {
        DeadlineWheel wheel = new();
        for (int slot = 0; slot < 200; slot++)
        {
            wheel.Add(slot, Start, Start + TimeSpan.FromMilliseconds(slot * 977));
        }

        TimeSpan now = Start;
        int found = 0;
        for (int wakes = 0; wheel.NextDeadline is { } next; wakes++)
        {
            Assert.True(wakes < 1000, "The wheel wakes its shell although nothing is due.");
            Assert.True(next > now || found == 0);
            now = next > now ? next : now;
            for (; wheel.TryTakeDue(now, out int slot); found++)
            {
                Assert.True(Start + TimeSpan.FromMilliseconds(slot * 977) <= now, "A deadline came early.");
            }
        }

        Assert.Equal(200, found);
    }

    [Fact]
    public void A_deadline_of_never_is_not_due_in_a_year()
    {
        DeadlineWheel wheel = new();
        wheel.Add(0, Start, TimeSpan.MaxValue);
        Assert.False(wheel.TryTakeDue(Start + TimeSpan.FromHours(1), out _));
        Assert.True(wheel.NextDeadline > Start);
        wheel.Remove(0);
        Assert.Null(wheel.NextDeadline);
    }

    [Fact]
    public void Removing_twice_is_harmless()
    {
        DeadlineWheel wheel = new();
        wheel.Add(0, Start, Start);
        wheel.Add(1, Start, Start);
        wheel.Remove(0);
        wheel.Remove(0);
        Assert.True(wheel.TryTakeDue(Start, out int slot));
        Assert.Equal(1, slot);
        Assert.Null(wheel.NextDeadline);
    }

    private static void TakeDue(DeadlineWheel wheel, Dictionary<int, TimeSpan> model, TimeSpan now, int seed)
    {
        while (wheel.TryTakeDue(now, out int slot))
        {
            Assert.True(model.Remove(slot, out TimeSpan deadline), $"seed {seed}: slot {slot} was not there");
            Assert.True(deadline <= now, $"seed {seed}: slot {slot} came early");
        }

        TimeSpan surelyDue = now - DeadlineWheel.Slice - DeadlineWheel.Slice;
        Assert.True(model.Values.All(deadline => deadline > surelyDue), $"seed {seed}: something was left behind");
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
