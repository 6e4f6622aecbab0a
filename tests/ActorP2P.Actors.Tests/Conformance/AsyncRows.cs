using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class AsyncRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("receive-async")]
    public async Task receive_async()
    {
        Recorder said = Said;
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Waiter(said)));
        IActorRef someone = Sys.ActorOf(Props.Create(() => new Silent()), "someone");
        actor.Tell(1, someone);
        actor.Tell(2, someone);
        actor.Tell("x", someone);
        Row("a1:senderKept=True / a2:senderKept=True / s:x", await Said.Next(3));
    }

    [Row("receive-async-throw")]
    public async Task receive_async_throw()
    {
        Recorder said = Said;
        Sys.ActorOf(Props.Create(() => new Waiter(said))).Tell(1.5);
        Row("async.PreRestart(Boom,1.5)", await Said.Next());
    }

    [Row("receive-timeout-repeats")]
    public async Task receive_timeout_repeats()
    {
        Recorder said = Said;
        Sys.ActorOf(Props.Create(() => new Idler(said, TimeSpan.FromMilliseconds(20))));
        string twice = await Said.Next(2, ",");
        Row("True", $"{twice == "idle,idle"}");
    }

    [Row("receive-timeout-not-influenced")]
    public async Task receive_timeout_not_influenced()
    {
        Recorder said = Said;
        IActorRef idler = Sys.ActorOf(Props.Create(() => new Idler(said, TimeSpan.FromMilliseconds(100))));
        var cancel = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(10), idler, new Quiet(), ActorRefs.NoSender);
        string first = await Said.Next();
        cancel.Cancel();
        Row("True", $"{first == "idle"}");
    }

    [Row("terminate-runs-cs")]
    public async Task terminate_runs_cs()
    {
        Recorder said = Said;
        CoordinatedShutdown.Get(Sys).AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind,
            "say",
            () =>
            {
                said.Add("True");
                return Task.FromResult(Done.Instance);
            });
        await Sys.Terminate();
        Row("True", await Said.Next());
    }

    [Row("when-terminated")]
    public async Task when_terminated()
    {
        _ = Sys.Terminate();
        await Sys.WhenTerminated.WaitAsync(Patience);
        Row("True", $"{Sys.WhenTerminated.IsCompleted}");
    }

    [Row("actorof-after-terminate")]
    public async Task actorof_after_terminate()
    {
        await Sys.Terminate();
        Exception? thrown = Record.Exception(() => Sys.ActorOf(Props.Create(() => new Silent())));
        Row("InvalidOperationException", thrown!.GetType().Name);
    }

    private sealed class Quiet : INotInfluenceReceiveTimeout;

    private sealed class Waiter : ReceiveActor
    {
        private readonly Recorder _said;

        public Waiter(Recorder said)
        {
            _said = said;
            ReceiveAsync<int>(async number =>
            {
                IActorRef before = Sender;
                await Task.Yield();
                await Task.Delay(1);
                said.Add($"a{number}:senderKept={before.Equals(Sender) && Sender.Path.Name == "someone"}");
            });
            ReceiveAsync<double>(async _ =>
            {
                await Task.Yield();
                throw new Boom("bang");
            });
            Receive<string>(text => said.Add($"s:{text}"));
        }

        protected override void PreRestart(Exception reason, object message)
        {
            _said.Add(string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"async.PreRestart({reason.GetType().Name},{message})"));
            base.PreRestart(reason, message);
        }
    }

    private sealed class Idler : ReceiveActor
    {
        public Idler(Recorder said, TimeSpan timeout)
        {
            Context.SetReceiveTimeout(timeout);
            Receive<ReceiveTimeout>(_ => said.Add("idle"));
            ReceiveAny(_ => { });
        }
    }
}
