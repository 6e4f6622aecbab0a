using FsCheck;
using FsCheck.Fluent;

namespace ActorP2P.Determinism.Tests;

/// <summary>
/// Workloads from a generator of FsCheck, which makes them small while an exploration finds a schedule for each.
/// </summary>
public sealed class GeneratedWorkloadTests
{
    private static readonly ExploreOptions s_options = new()
    {
        Schedules = 10,
        ShrinkBudget = TimeSpan.Zero,
        ReportFolder = "",
    };

    [Fact]
    public void A_generated_workload_is_made_small()
    {
        Property property = Prop.ForAll<byte[]>(
            static amounts => Explore.Find(s_options, run => Deposit(run, amounts)).IsSuccess);

        Exception failure = Assert.ThrowsAny<Exception>(
            () => property.Check(Config.QuickThrowOnFailure.WithReplay(7, 1, 6)));

        // Two deposits are the least of which one can be lost, and 1 is the least amount that is missed.
        Assert.Contains("[|0uy; 1uy|]", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Each deposit reads the balance and writes it back, so that one of two at a time is lost.</summary>
    private static async Task Deposit(ExploredRun run, byte[] amounts)
    {
        IActorRef account = run.System.ActorOf(Props.Create(() => new Account()), "account");
        foreach (byte amount in amounts)
        {
            run.System.ActorOf(Props.Create(() => new Depositing(account, amount)));
        }
        await run.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(amounts.Sum(static one => one), await account.Ask<int>("balance"));
    }

    private sealed class Account : ReceiveActor
    {
        private int _balance;

        public Account()
        {
            Receive<string>(_ => Sender.Tell(_balance));
            Receive<int>(balance => _balance = balance);
        }
    }

    private sealed class Depositing : ReceiveActor
    {
        public Depositing(IActorRef account, int amount)
        {
            account.Tell("balance");
            Receive<int>(balance => account.Tell(balance + amount));
        }
    }
}
