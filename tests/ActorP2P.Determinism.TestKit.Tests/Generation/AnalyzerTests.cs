namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class AnalyzerTests
{
    [Fact]
    public async Task A_wait_of_several_steps_by_base_type_is_reported() => Assert.Equal(
        ["AP2P0001 probe.FishForMessage<int>(n => n == 1)", "AP2P0001 kit.ReceiveN(2)"],
        await Marked("""
            Akka.TestKit.TestProbe probe = CreateTestProbe();
            TestKitBase kit = this;
            probe.ExpectMsg<int>();
            probe.FishForMessage<int>(n => n == 1);
            kit.ReceiveN(2);
            ReceiveN(2);
            CreateTestProbe().ReceiveN(2);
            """));

    [Fact]
    public async Task A_latch_is_reported_inside_of_an_actor_only() => Assert.Equal(
        ["AP2P0002 latch.Ready()"],
        await Compiling.Marked(Source(
            "CreateTestLatch().Ready();",
            "class Waiting(Akka.TestKit.TestLatch latch) : UntypedActor { protected override void OnReceive(object m) "
            + "=> latch.Ready(); }")));

    [Fact]
    public async Task A_blocking_wait_for_a_task_is_reported() => Assert.Equal(
        ["AP2P0003 task.Result", "AP2P0003 task.Wait()", "AP2P0003 task.GetAwaiter().GetResult()"],
        await Marked("""
            var task = Task.FromResult(1);
            _ = task.Result;
            task.Wait();
            task.GetAwaiter().GetResult();
            """));

    [Fact]
    public async Task A_finite_timeout_is_reported() => Assert.Equal(
        ["AP2P0004 TestActor.Ask<int>(1, TimeSpan.FromSeconds(1))",
            "AP2P0004 TestActor.GracefulStop(TimeSpan.FromSeconds(1))"],
        await Marked("""
            _ = TestActor.Ask<int>(1);
            _ = TestActor.Ask<int>(1, Timeout.InfiniteTimeSpan);
            _ = TestActor.Ask<int>(1, TimeSpan.FromSeconds(1));
            _ = TestActor.GracefulStop(TimeSpan.FromSeconds(1));
            """));

    [Fact]
    public async Task Sleep_and_real_clocks_are_reported() => Assert.Equal(
        ["AP2P0005 Thread.Sleep(1)", "AP2P0006 DateTime.UtcNow", "AP2P0006 System.Diagnostics.Stopwatch.StartNew()",
            "AP2P0006 new System.Diagnostics.Stopwatch()"],
        await Marked("""
            Thread.Sleep(1);
            _ = DateTime.UtcNow;
            _ = System.Diagnostics.Stopwatch.StartNew();
            _ = new System.Diagnostics.Stopwatch();
            """));

    [Fact]
    public async Task Real_systems_and_threads_are_reported() => Assert.Equal(
        ["AP2P0007 ActorSystem.Create(\"x\")", "AP2P0007 new Thread(() => { })"],
        await Marked("""
            _ = ActorSystem.Create("x");
            _ = new Thread(() => { });
            """));

    [Fact]
    public async Task Nothing_is_reported_outside_of_simulated_tests() => Assert.Empty(await Compiling.Marked("""
        using System.Threading;
        class Other { void M() => Thread.Sleep(1); }
        """));

    private static Task<string[]> Marked(string body) => Compiling.Marked(Source(body, ""));

    private static string Source(string body, string members) => $$"""
        using System;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;
        using ActorP2P.Determinism.TestKit;
        using Akka.Actor;
        using Akka.TestKit;
        class Tests : SimulatedTestKit
        {
            {{members}}
            void M()
            {
                {{body}}
            }
        }
        """;
}
