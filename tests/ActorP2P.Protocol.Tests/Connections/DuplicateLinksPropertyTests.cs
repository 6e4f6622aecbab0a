using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Protocol.Tests;

/// <summary>Two nodes that dial each other, in all orders of what happens.</summary>
public class DuplicateLinksPropertyTests
{
    // ACTORP2P_LINK_RUNS sets a larger number.
    private static readonly int Runs = int.TryParse(
        Environment.GetEnvironmentVariable("ACTORP2P_LINK_RUNS"), out int runs) ? runs : 2_000;

    /// <summary>One step of a run. Delivering a frame uses the number to choose the wire.</summary>
    public enum Step
    {
        LowDials, HighDials, Deliver, Wait, Die,
    }

    [Fact]
    public void Two_nodes_end_with_the_same_single_link()
    {
        Step[] steps = [Step.LowDials, Step.HighDials, Step.Wait, .. Enumerable.Repeat(Step.Deliver, 4)];
        Check(steps, run =>
        {
            Settle(run);
            AssertOneLink(run);
        });
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    [InlineData(12, 5)]
    public void A_link_that_lives_is_left_whatever_links_die(int deliveries, int deaths)
    {
        Step[] steps =
        [
            Step.LowDials, Step.HighDials, Step.HighDials, Step.Wait,
            .. Enumerable.Repeat(Step.Die, deaths), .. Enumerable.Repeat(Step.Deliver, deliveries),
        ];
        Check(steps, run =>
        {
            // The last dial comes after the last death.
            run.Dial(byHigh: false);
            Settle(run);
            AssertOneLink(run);
        });
    }

    [Fact]
    public void The_order_of_two_simultaneous_dials_does_not_matter()
    {
        foreach (int choices in Enumerable.Range(0, 1 << 12))
        {
            LinkedNodes run = new();
            run.Dial(byHigh: choices % 2 == 0);
            run.Dial(byHigh: choices % 2 != 0);
            for (int rest = choices; run.Deliver(rest % 4); rest >>= 1)
            {
            }

            Assert.Equal(run.OpenAt(isHigh: false), run.OpenAt(isHigh: true));
            long high = choices % 2 == 0 ? 1 : 2;
            Assert.Equal([high], run.OpenAt(isHigh: true));
            Assert.Equal((high, high), (run.UsedAt(false), run.UsedAt(true)));
        }
    }

    private static void AssertOneLink(LinkedNodes run)
    {
        if (run.Count > 0)
        {
            Assert.Equal([run.UsedAt(isHigh: true)!.Value], run.OpenAt(isHigh: true));
            Assert.Equal(run.OpenAt(isHigh: true), run.OpenAt(isHigh: false));
            Assert.Equal(run.UsedAt(isHigh: true), run.UsedAt(isHigh: false));
        }
    }

    // A run ends with everything delivered, and with no timer that is due.
    private static void Settle(LinkedNodes run)
    {
        for (int round = 0; round < 80; round++)
        {
            while (run.Deliver(0))
            {
            }

            run.Wait(TimeSpan.FromMilliseconds(500));
        }
    }

    private static void Check(Step[] steps, Action<LinkedNodes> check)
    {
        Gen<(Step, int)> step = Gen.Elements(steps).SelectMany(_ => Gen.Choose(0, 1_000), (what, figure) =>
            (what, figure));
        Prop.ForAll(Arb.From(Gen.ArrayOf(step), Shrink), taken => check(Play(taken)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Runs).WithEndSize(60));
    }

    private static IEnumerable<(Step, int)[]> Shrink((Step, int)[] steps)
    {
        for (int length = Math.Max(1, steps.Length / 2); length > 0; length /= 2)
        {
            for (int at = 0; at + length <= steps.Length; at += length)
            {
                yield return [.. steps[..at], .. steps[(at + length)..]];
            }
        }
    }

    private static LinkedNodes Play((Step What, int Figure)[] steps)
    {
        LinkedNodes run = new();
        foreach ((Step what, int figure) in steps)
        {
            switch (what)
            {
                case Step.LowDials or Step.HighDials:
                    run.Dial(byHigh: what == Step.HighDials);
                    break;
                case Step.Deliver:
                    run.Deliver(figure);
                    break;
                case Step.Wait:
                    // Less than a way of a frame may take before the deciding node's goodbye counts as missing.
                    run.Wait(TimeSpan.FromMilliseconds(figure % 20));
                    break;
                case Step.Die when run.Count > 0:
                    run.Die(1 + (figure % run.Count));
                    break;
            }
        }

        return run;
    }
}
