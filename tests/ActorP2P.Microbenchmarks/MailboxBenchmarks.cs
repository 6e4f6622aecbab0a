using BenchmarkDotNet.Attributes;

namespace ActorP2P.Microbenchmarks;

/// <summary>
/// An actor that tells itself: into its mailbox, out of it and handled, without another thread's share in the time, which is
/// for one message. What threads cost each other is measured by the benchmarks of the engine.
/// </summary>
public class MailboxBenchmarks
{
    private const int Messages = 100_000;

    private readonly ManualResetEventSlim _done = new();
    private ActorSystem? _system;
    private IActorRef? _juggler;

    /// <summary>How many messages are in the mailbox at a time.</summary>
    [Params(1, 1000)]
    public int Waiting { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _system = ActorSystem.Create("bench");
        _juggler = _system.ActorOf(Props.Create(() => new Juggler(Messages, Waiting, _done)));
    }

    [GlobalCleanup]
    public Task StopAsync() => _system!.Terminate();

    [Benchmark(OperationsPerInvoke = Messages)]
    public void TellAndHandle()
    {
        _done.Reset();
        _juggler!.Tell(Juggler.Begin, ActorRefs.NoSender);
        _done.Wait();
    }
}
