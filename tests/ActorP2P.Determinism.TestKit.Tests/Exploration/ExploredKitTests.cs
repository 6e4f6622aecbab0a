using System.Runtime.CompilerServices;

namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Tests of the kit that are explored.</summary>
public sealed class ExploredKitTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_test_without_a_race_passes_under_all_schedules() =>
        Assert.Null(await ExploredTest.Run(typeof(PassingTests), nameof(PassingTests.An_answer_comes)));

    [Fact]
    public async Task An_awaiting_test_is_explored() =>
        Assert.Null(await ExploredTest.Run(typeof(PassingTests), nameof(PassingTests.An_answer_is_awaited)));

    [Fact]
    public async Task A_wait_in_vain_shows_what_the_actors_did()
    {
        string? failure = await ExploredTest.Run(typeof(FailingTests), nameof(FailingTests.An_answer_never_comes));

        Assert.NotNull(failure);
        Assert.Contains("test -> /user/deaf: \"hello\"", failure, StringComparison.Ordinal);
        Assert.Contains("the test fails", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_may_come_from_a_property()
    {
        string? failure = await ExploredTest.Run(typeof(FailingTests), nameof(FailingTests.Options_are_used));

        Assert.NotNull(failure);
        Assert.Contains(
            "never met: Sometimes 'it rains', reached 7 times in 7 schedules", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_without_the_kit_is_refused()
    {
        string? failure = await ExploredTest.Run(typeof(NoKitTests), nameof(NoKitTests.Nothing_is_simulated));

        Assert.NotNull(failure);
        Assert.Contains("derives from SimulatedTestKit", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_that_changes_its_base_class_alone_shows_its_race()
    {
        string? failure = await ExploredTest.Run(
            typeof(CartTests), nameof(CartTests.The_receipt_has_the_price_of_what_is_in_the_cart));

        Assert.NotNull(failure);
        output.WriteLine(failure);
        Assert.Contains("/user/cart -> test: Receipt { Total = 0 }", failure, StringComparison.Ordinal);
        Assert.Contains("/user/cart -> /user/prices: Add { What = apple } (aside", failure, StringComparison.Ordinal);
        Assert.Contains("ACTORP2P_REPLAY=", failure, StringComparison.Ordinal);
        Assert.All(Printed(), line => Assert.Contains(line, failure, StringComparison.Ordinal));
    }

    /// <summary>What docs/exploring.md says that the test prints.</summary>
    private static string[] Printed([CallerFilePath] string thisFile = "")
    {
        string page = Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "exploring.md");
        return File.ReadAllText(page).Split("```text\n")[1].Split("```")[0].Split('\n');
    }
}
